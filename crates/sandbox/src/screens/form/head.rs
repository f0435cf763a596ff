//! The top of the form: who it is.

use maud::{Markup, html};

use super::record::Worker;
use crate::screens::{encoded, page::status};

pub(super) fn head(worker: &Worker) -> Markup {
    let facts = [worker.title.as_str(), worker.department()];
    let facts = facts.into_iter().filter(|fact| !fact.is_empty());
    html! {
        section.head aria-label="Worker" {
            span.portrait {
                img src={ "/portraits/" (encoded(&worker.number)) } alt="" width="96" height="96";
            }
            div.who {
                p.kicker { "Worker " span.number { (worker.number) } }
                h1 { bdi { (worker.name) } }
                p.facts {
                    @for (index, fact) in facts.enumerate() {
                        @if index > 0 { span.dot aria-hidden="true" { " · " } }
                        bdi { (fact) }
                    }
                }
                p.badges { (status(worker.status)) span.badge { (worker.kind) } }
            }
        }
    }
}
