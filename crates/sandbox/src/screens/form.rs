//! `GET /workers/{number}`: the worker form, with the Eloops card embedded as HR would do it.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{avatar::avatar, format, icon::Icon, layout::page, list::position};
use crate::{
    Sandbox,
    people::has_portrait,
    rows::{Record, RowKey, Tables, Value},
};

/// A label and the property it shows.
type Lines = &'static [(&'static str, &'static str)];

const GENERAL: Lines = &[
    ("Personnel number", "PersonnelNumber"),
    ("First name", "FirstName"),
    ("Middle name", "MiddleName"),
    ("Last name", "LastName"),
    ("E-mail", "PrimaryContactEmail"),
    ("Phone", "PrimaryContactPhone"),
    ("Sign-in name", "IdentityEmail"),
    ("Party number", "PartyNumber"),
];
const EMPLOYMENT: Lines = &[
    ("Employment", "EmploymentId"),
    ("Legal entity", "LegalEntityId"),
    ("Type", "WorkerType"),
    ("Start date", "EmploymentStartDate"),
    ("End date", "EmploymentEndDate"),
];
const POSITION: Lines = &[
    ("Position", "PositionId"),
    ("Title", "TitleId"),
    ("Reports to position", "ReportsToPositionId"),
    ("Reports since", "ReportsToEffective"),
    ("Assigned since", "WorkerAssignmentStart"),
    ("Full-time equivalent", "FullTimeEquivalent"),
];

/// The page, or one that says there is no such worker.
pub(super) async fn worker(
    State(sandbox): State<Arc<Sandbox>>,
    Path(number): Path<String>,
) -> Response {
    let found = sandbox.store.read(|tables| {
        let worker = tables.get("Workers", &RowKey::of(&[&number]))?;
        Some((
            worker.text("Name").to_owned(),
            content(tables, worker, &sandbox),
        ))
    });
    match found {
        Some((name, content)) => page(&sandbox, StatusCode::OK, &name, None, &content),
        None => {
            let content = html! {
                div.head { h1 { "There is no worker with this personnel number" } }
                p.empty { a href="/" { "Show all workers" } }
            };
            page(&sandbox, StatusCode::NOT_FOUND, "Not found", None, &content)
        }
    }
}

fn content(tables: &Tables, worker: Record<'_>, sandbox: &Sandbox) -> Markup {
    let number = worker.text("PersonnelNumber");
    let held = position(tables, worker);
    let department = held
        .and_then(|p| tables.get("DepartmentsV2", &RowKey::of(&[p.text("DepartmentNumber")])))
        .map(|department| department.text("Name"));
    let status = worker.member("WorkerStatus");
    let portrait = has_portrait(tables, worker).then_some(number);
    let parameter = utf8_percent_encode(number, NON_ALPHANUMERIC);
    html! {
        nav.crumbs aria-label="Where you are" { a href="/" { "Workers" } span aria-hidden="true" { "›" } span { (number) } }
        div.person {
            (avatar(portrait, worker.text("Name")))
            div {
                h1 dir="auto" { (worker.text("Name")) }
                p {
                    span dir="auto" { (format::field(worker, "TitleId")) }
                    @if let Some(department) = department { span { (department) } }
                    span class={ "status " (status) } { (status) }
                }
            }
        }
        div.columns {
            div.tabs {
                (tab("General", &html! { dl { (lines(worker, GENERAL)) } }))
                (tab("Employment", &employments(tables, worker)))
                (tab("Position", &html! {
                    @match held {
                        Some(held) => dl { (lines(held, POSITION)) (manager(tables, held)) },
                        None => p.quiet { "This worker holds no position." },
                    }
                }))
                (tab("Custom fields", &custom_fields(tables, worker)))
            }
            section.card aria-labelledby="eloops" {
                h2 #eloops { "Eloops" }
                iframe title="Eloops" src={ (sandbox.eloops) "/frame/?worker=" (parameter) } {}
            }
        }
    }
}

fn tab(title: &str, content: &Markup) -> Markup {
    html! { details open { summary { h2 { (title) } } (content) } }
}

fn lines(record: Record<'_>, lines: Lines) -> Markup {
    html! {
        @for (label, name) in lines {
            div { dt { (label) } dd dir="auto" data-field=(name) { (format::field(record, name)) } }
        }
    }
}

fn employments(tables: &Tables, worker: Record<'_>) -> Markup {
    let number = Value::from(worker.text("PersonnelNumber"));
    let mut held = tables.find("EmploymentsV2", "PersonnelNumber", &number);
    held.sort_by_key(|employment| std::cmp::Reverse(employment.time("EmploymentStartDate")));
    html! {
        dl {
            @for (label, name) in [("Original hire date", "OriginalHireDateTime"), ("Seniority date", "SeniorityDate")] {
                div { dt { (label) } dd data-field=(name) { (format::field(worker, name)) } }
            }
        }
        @for employment in held { dl.again { (lines(employment, EMPLOYMENT)) } }
    }
}

/// The holder of the position above; a vacant one says so.
fn manager(tables: &Tables, held: Record<'_>) -> Markup {
    let above = tables.get(
        "Positions",
        &RowKey::of(&[held.text("ReportsToPositionId")]),
    );
    let number = above.map_or("", |position| position.text("WorkerPersonnelNumber"));
    let manager = tables.get("Workers", &RowKey::of(&[number]));
    html! {
        div {
            dt { "Reports to" }
            dd dir="auto" data-field="ReportsTo" {
                @match manager {
                    Some(manager) => a href={ "/workers/" (number) } { (manager.text("Name")) },
                    None => @if above.is_some() { "Vacant" } @else { (format::NOTHING) },
                }
            }
        }
    }
}

/// Custom fields show on the form also before they are enabled for OData.
fn custom_fields(tables: &Tables, worker: Record<'_>) -> Markup {
    let fields = tables.schema().custom_fields();
    html! {
        @if fields.is_empty() { p.quiet { "No custom fields were created for workers." } }
        dl {
            @for field in fields {
                div {
                    dt {
                        (field.label)
                        @if !field.enabled {
                            span.hint { (Icon::Eye.draw()) "not enabled for the Worker entity" }
                        }
                    }
                    dd data-field=(field.name) { (format::field(worker, &field.property)) }
                }
            }
        }
    }
}
