//! From when to when, for whom.

use maud::{Markup, html};

use super::{record::Worker, tab};
use crate::screens::field::{day, field, text};

pub(super) fn section(worker: &Worker) -> Markup {
    let last = worker.employments.first();
    let entity = last.map_or("", |employment| employment.legal_entity.as_str());
    let short = if entity.is_empty() {
        worker.status.to_owned()
    } else {
        format!("{} at {}", worker.status, entity.to_uppercase())
    };
    tab(
        "Employment",
        &short,
        &html! {
            dl {
                (field("Worker status", "WorkerStatus", &text(worker.status)))
                (field("Worker type", "WorkerType", &text(worker.kind)))
                (field("Legal entity", "LegalEntityId", &entity_code(entity)))
                (field("Employment start date", "EmploymentStartDate", &day(last.and_then(|e| e.start))))
                (field("Employment end date", "EmploymentEndDate", &day(last.and_then(|e| e.end))))
                (field("Original hire date", "OriginalHireDateTime", &day(worker.hired)))
            }
            @if worker.employments.len() > 1 {
                h3 { "Earlier employments" }
                table {
                    thead {
                        tr { th scope="col" { "Legal entity" } th scope="col" { "From" } th scope="col" { "To" } }
                    }
                    tbody {
                        @for employment in worker.employments.iter().skip(1) {
                            tr {
                                td { (entity_code(&employment.legal_entity)) }
                                td { (day(employment.start)) }
                                td { (day(employment.end)) }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// Shown in capitals, kept as it is.
fn entity_code(entity: &str) -> Markup {
    html! { span.code { (text(entity)) } }
}
