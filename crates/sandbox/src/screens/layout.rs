//! What every page of Talent has: top bar, navigation, headers.

use axum::{
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::icon::Icon;
use crate::Sandbox;

/// Where in the navigation a page stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The part of the address behind `/?`, such as `status=Pending`.
    pub(super) filter: String,
}

/// A page.
pub(super) fn page(
    sandbox: &Sandbox,
    status: StatusCode,
    title: &str,
    place: Option<&Place>,
    content: &Markup,
) -> Response {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Talent" }
                link rel="stylesheet" href="/assets/talent.css";
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header.bar {
                    a.brand href="/" { strong { "Talent" } span { "Human resources" } }
                    form role="search" action="/" {
                        label.hidden for="find" { "Find a worker" }
                        (Icon::Search.draw())
                        input #find type="search" name="q" placeholder="Find a worker";
                    }
                    span.tenant { (sandbox.domain) }
                }
                div.frame {
                    (navigation(sandbox, place))
                    main #content { (content) }
                }
            }
        }
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; frame-src {}",
        sandbox.options.eloops_url.origin().ascii_serialization()
    );
    let mut response = (status, markup).into_response();
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert("content-security-policy", policy);
    }
    headers.insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    headers.insert("cache-control", HeaderValue::from_static("no-store"));
    response
}

fn navigation(sandbox: &Sandbox, place: Option<&Place>) -> Markup {
    let departments: Vec<(String, String)> = sandbox.store.read(|tables| {
        let rows = tables.records("DepartmentsV2");
        rows.map(|d| {
            (
                d.text("OperatingUnitNumber").to_owned(),
                d.text("Name").to_owned(),
            )
        })
        .collect()
    });
    let link = |filter: String, icon: Icon, text: &str| {
        let here = place.is_some_and(|place| place.filter == filter);
        let address = if filter.is_empty() {
            "/".to_owned()
        } else {
            format!("/?{filter}")
        };
        html! {
            li {
                a href=(address) aria-current=[here.then_some("page")] { (icon.draw()) span { (text) } }
            }
        }
    };
    html! {
        nav aria-label="Workers" {
            ul {
                (link(String::new(), Icon::People, "All workers"))
                (link("status=Employed".into(), Icon::Badge, "Employed"))
                (link("status=Pending".into(), Icon::Sprout, "Starting soon"))
                (link("status=Terminated".into(), Icon::Door, "Left"))
            }
            h2 { "Departments" }
            ul.departments {
                @for (number, name) in &departments {
                    (link(format!("department={number}"), Icon::Department, name))
                }
            }
        }
    }
}
