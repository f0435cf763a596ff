//! `GET /`: the workers, searched, filtered and paged.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    avatar::avatar,
    format::{self, NOTHING},
    layout::{Place, page},
};
use crate::{
    Sandbox,
    people::has_portrait,
    rows::{Record, RowKey, Tables, Value},
};

const ROWS: usize = 50;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    status: String,
    department: String,
    page: usize,
}

impl Asked {
    /// The filter as it stands in the navigation.
    fn filter(&self) -> String {
        let pairs = [("status", &self.status), ("department", &self.department)];
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    }

    fn address(&self, page: usize) -> String {
        let mut text = url::form_urlencoded::Serializer::new(String::from("/?"));
        for (name, value) in [
            ("q", &self.q),
            ("status", &self.status),
            ("department", &self.department),
        ] {
            if !value.is_empty() {
                text.append_pair(name, value);
            }
        }
        text.append_pair("page", &page.to_string()).finish()
    }

    fn wants(&self, tables: &Tables, worker: Record<'_>, words: &[String]) -> bool {
        (self.status.is_empty() || worker.member("WorkerStatus") == self.status)
            && (words.is_empty() || {
                let of = |name| worker.text(name);
                let text = format!(
                    "{} {} {} {}",
                    of("Name"),
                    of("PersonnelNumber"),
                    of("PrimaryContactEmail"),
                    of("TitleId")
                );
                let text = text.to_lowercase();
                words.iter().all(|word| text.contains(word.as_str()))
            })
            && (self.department.is_empty()
                || position(tables, worker)
                    .is_some_and(|p| p.text("DepartmentNumber") == self.department))
    }
}

/// One row of the grid.
struct Row {
    number: String,
    name: String,
    title: String,
    department: String,
    email: String,
    status: &'static str,
    has_portrait: bool,
}

/// The page.
pub(super) async fn list(
    State(sandbox): State<Arc<Sandbox>>,
    Query(asked): Query<Asked>,
) -> Response {
    let words: Vec<String> = asked.q.split_whitespace().map(str::to_lowercase).collect();
    let first = asked.page.max(1).saturating_sub(1).saturating_mul(ROWS);
    let (rows, total) = sandbox.store.read(|tables| {
        let mut total = 0;
        let mut rows = Vec::new();
        for worker in tables
            .records("Workers")
            .filter(|w| asked.wants(tables, *w, &words))
        {
            if (first..first.saturating_add(ROWS)).contains(&total) {
                rows.push(row(tables, worker));
            }
            total += 1;
        }
        (rows, total)
    });
    let content = html! {
        div.head {
            h1 { "Workers" }
            p.count role="status" { (total) @if total == 1 { " worker" } @else { " workers" } @if !asked.q.is_empty() { " for “" (asked.q) "”" } }
        }
        @if rows.is_empty() {
            p.empty { "Nobody is here. " a href="/" { "Show all workers" } }
        } @else {
            (grid(&rows))
            (pager(&asked, first, rows.len(), total))
        }
    };
    let place = Place {
        filter: asked.filter(),
    };
    page(&sandbox, StatusCode::OK, "Workers", Some(&place), &content)
}

fn row(tables: &Tables, worker: Record<'_>) -> Row {
    let department = position(tables, worker)
        .and_then(|p| tables.get("DepartmentsV2", &RowKey::of(&[p.text("DepartmentNumber")])))
        .map_or(NOTHING, |d| d.text("Name"));
    Row {
        number: worker.text("PersonnelNumber").to_owned(),
        name: worker.text("Name").to_owned(),
        title: format::field(worker, "TitleId"),
        department: department.to_owned(),
        email: format::field(worker, "PrimaryContactEmail"),
        status: worker.member("WorkerStatus"),
        has_portrait: has_portrait(tables, worker),
    }
}

/// The worker's primary position, else any.
pub(super) fn position<'a>(tables: &'a Tables, worker: Record<'_>) -> Option<Record<'a>> {
    let number = Value::from(worker.text("PersonnelNumber"));
    let held = tables.find("Positions", "WorkerPersonnelNumber", &number);
    let primary = held.iter().find(|p| p.member("IsPrimaryPosition") == "Yes");
    primary.or(held.first()).copied()
}

fn grid(rows: &[Row]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Workers" {
            table {
                thead {
                    tr {
                        th scope="col" { "Name" }
                        th scope="col" { "Personnel number" }
                        th scope="col" { "Title" }
                        th scope="col" { "Department" }
                        th scope="col" { "E-mail" }
                        th scope="col" { "Status" }
                    }
                }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" {
                                a.worker href={ "/workers/" (row.number) } {
                                    (avatar(row.has_portrait.then_some(row.number.as_str()), &row.name))
                                    span dir="auto" { (row.name) }
                                }
                            }
                            td.number { (row.number) }
                            td { (row.title) }
                            td { (row.department) }
                            td.email dir="auto" { (row.email) }
                            td { span class={ "status " (row.status) } { (row.status) } }
                        }
                    }
                }
            }
        }
    }
}

fn pager(asked: &Asked, first: usize, shown: usize, total: usize) -> Markup {
    let here = first / ROWS + 1;
    html! {
        nav.pager aria-label="Pages" {
            span { (first + 1) "–" (first + shown) " of " (total) }
            @if here > 1 { a rel="prev" href=(asked.address(here - 1)) { "Previous" } }
            @if first + shown < total { a rel="next" href=(asked.address(here + 1)) { "Next" } }
        }
    }
}
