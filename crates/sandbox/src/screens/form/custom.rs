//! The fields this company added to the worker, where they are enabled.

use maud::{Markup, html};

use super::{record::Worker, tab};
use crate::screens::field::{custom, field};

pub(super) fn section(worker: &Worker) -> Markup {
    let short = match worker.custom.len() {
        0 => "None enabled".to_owned(),
        1 => "1 field".to_owned(),
        count => format!("{count} fields"),
    };
    tab(
        "Custom fields",
        &short,
        &html! {
            @if worker.custom.is_empty() {
                p.quiet { "No custom field is enabled for workers." }
            } @else {
                dl {
                    @for one in &worker.custom {
                        (field(&one.label, &one.name, &custom(one.kind, &one.value)))
                    }
                }
            }
        },
    )
}
