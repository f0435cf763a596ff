//! The post, and the line it stands in.

use maud::{Markup, html};

use super::{
    record::{Above, Position, Worker},
    tab,
};
use crate::screens::{
    avatar::avatar,
    encoded,
    field::{day, field, text},
};

pub(super) fn section(worker: &Worker) -> Markup {
    let primary = worker.positions.first();
    let of = |read: fn(&Position) -> &str| primary.map_or("", read);
    tab(
        "Position and reporting line",
        of(|p| &p.department),
        &html! {
            dl {
                (field("Position", "PositionId", &text(of(|p| &p.id))))
                (field("Description", "Description", &text(of(|p| &p.description))))
                (field("Department", "DepartmentName", &text(of(|p| &p.department))))
                (field("Assigned since", "WorkerAssignmentStart", &day(primary.and_then(|p| p.since))))
                (field("Reports to", "ReportsTo", &above(primary.map(|p| &p.above))))
                (field("Direct reports", "DirectReports", &reports(worker)))
            }
            @if worker.positions.len() > 1 {
                h3 { "Further positions" }
                table {
                    thead {
                        tr {
                            th scope="col" { "Position" }
                            th scope="col" { "Department" }
                            th scope="col" { "Reports to" }
                        }
                    }
                    tbody {
                        @for position in worker.positions.iter().skip(1) {
                            tr {
                                td { (text(&position.id)) }
                                td { (text(&position.department)) }
                                td { (above(Some(&position.above))) }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn above(above: Option<&Above>) -> Markup {
    match above {
        None | Some(Above::Nobody) => text(""),
        Some(Above::Vacant(position)) => html! { "Vacant position " (position) },
        Some(Above::Worker {
            number,
            name,
            title,
        }) => html! {
            span.persona {
                (avatar(Some(number), name))
                span.who {
                    a href={ "/workers/" (encoded(number)) } dir="auto" { (name) }
                    span.quiet dir="auto" { (title) }
                }
            }
        },
    }
}

fn reports(worker: &Worker) -> Markup {
    match worker.reports {
        0 => html! { "0" },
        count => html! { a href={ "/?reports_to=" (encoded(&worker.number)) } { (count) } },
    }
}
