//! The list as a page.

use maud::{Markup, html};

use super::{
    query::{Column, ListQuery},
    search::{Found, PAGE, Worker},
};
use crate::screens::{
    avatar::avatar,
    encoded,
    icon::{Icon, icon},
    page::{self, command, status},
};

pub(super) fn commands(query: &ListQuery) -> Markup {
    page::commands(&html! {
        (command("Refresh", &query.here(), Icon::Refresh))
        @if *query != ListQuery::default() { (command("All workers", "/", Icon::People)) }
    })
}

pub(super) fn content(title: &str, query: &ListQuery, found: &Found) -> Markup {
    let words = query.words();
    html! {
        div.heading {
            h1 { bdi { (title) } }
            p.count role="status" {
                (workers(found.total))
                @if !words.is_empty() { " matching “" bdi { (words) } "”" }
            }
        }
        @if found.workers.is_empty() {
            div.empty {
                (icon(Icon::Search))
                h2 { "Nobody here" }
                p {
                    @if words.is_empty() { "No worker belongs to this list." }
                    @else { "Check the spelling, or try a part of the name, a number or a title." }
                }
            }
        } @else {
            div.grid {
                table {
                    caption.hidden { (title) }
                    thead {
                        tr {
                            (sortable("Name", Column::Name, query))
                            (sortable("Personnel number", Column::Number, query))
                            th.title scope="col" { "Title" }
                            th.department scope="col" { "Department" }
                            th.kind scope="col" { "Type" }
                            th.status scope="col" { "Status" }
                        }
                    }
                    tbody { @for worker in &found.workers { (row(worker)) } }
                }
            }
            (paging(query, found))
        }
    }
}

fn workers(total: usize) -> String {
    if total == 1 {
        "1 worker".into()
    } else {
        format!("{total} workers")
    }
}

fn sortable(words: &str, column: Column, query: &ListQuery) -> Markup {
    let order = match query.order() {
        (sorted, backwards) if sorted == column => {
            Some(if backwards { "descending" } else { "ascending" })
        }
        _ => None,
    };
    let class = if column == Column::Name {
        "name"
    } else {
        "number"
    };
    html! {
        th class=(class) scope="col" aria-sort=[order] {
            a href=(query.sorted_by(column)) {
                (words)
                @if order.is_some() { (icon(Icon::Down)) }
            }
        }
    }
}

fn row(worker: &Worker) -> Markup {
    let form = format!("/workers/{}", encoded(&worker.number));
    html! {
        tr {
            th.name scope="row" {
                div.persona {
                    (avatar(Some(&worker.number), &worker.name))
                    div.who {
                        a href=(form) dir="auto" { (worker.name) }
                        span.quiet { (worker.email) }
                        span.quiet.narrow dir="auto" { (worker.title) }
                    }
                }
            }
            td.number { (worker.number) }
            td.title { bdi { (worker.title) } }
            td.department { bdi { (worker.department) } }
            td.kind { (worker.kind) }
            td.status { (status(worker.status)) }
        }
    }
}

fn paging(query: &ListQuery, found: &Found) -> Markup {
    let first = (found.page - 1) * PAGE + 1;
    let last = first + found.workers.len() - 1;
    let step = |words: &str, page: usize, back: bool| {
        let there = (1..=found.pages)
            .contains(&page)
            .then(|| query.at_page(page));
        html! {
            li {
                @if let Some(there) = there {
                    a.step href=(there) rel=(if back { "prev" } else { "next" }) {
                        @if back { (icon(Icon::Back)) }
                        (words)
                        @if !back { (icon(Icon::Forward)) }
                    }
                }
            }
        }
    };
    html! {
        nav.paging aria-label="Pages" {
            p { (first) "–" (last) " of " (found.total) }
            @if found.pages > 1 {
                ul {
                    (step("Previous", found.page.wrapping_sub(1), true))
                    li { "Page " (found.page) " of " (found.pages) }
                    (step("Next", found.page + 1, false))
                }
            }
        }
    }
}
