//! Addresses at which there is nothing.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::html;

use super::{
    Screens,
    icon::{Icon, icon},
    page::{Navigation, Page},
};

/// Any address nobody answers: a page for a browser, a bare 404 for a program.
pub(super) async fn fallback(State(screens): State<Screens>, headers: HeaderMap) -> Response {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    if accept.is_some_and(|accept| accept.contains("text/html")) {
        missing(
            &screens,
            "This page is not here",
            "The address may be mistyped, or an old one.",
        )
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

/// The page for a personnel number nobody has.
pub(super) fn worker(screens: &Screens, number: &str) -> Response {
    let why = format!(
        "No worker has the personnel number “{number}”. It may be mistyped, or have been changed."
    );
    missing(screens, "We could not find this worker", &why)
}

fn missing(screens: &Screens, title: &str, why: &str) -> Response {
    let page = Page {
        title,
        navigation: screens.store.read(|tables| Navigation::read(tables, None)),
        search: "",
        commands: html! {},
        content: html! {
            div.empty.large {
                (icon(Icon::Search))
                h1 { (title) }
                p dir="auto" { (why) }
                p { "You can search by name, number, title or e-mail above, or " a href="/" { "see all workers" } "." }
            }
        },
    };
    (StatusCode::NOT_FOUND, page.draw(screens)).into_response()
}
