//! The screens' own files.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

const STYLES: &str = concat!(
    include_str!("../../assets/talent/base.css"),
    include_str!("../../assets/talent/shell.css"),
    include_str!("../../assets/talent/person.css"),
    include_str!("../../assets/talent/list.css"),
    include_str!("../../assets/talent/form.css"),
);
const ICON: &str = include_str!("../../assets/icon.svg");

/// `/assets/talent.css`
pub(super) async fn styles() -> Response {
    file("text/css; charset=utf-8", STYLES)
}

/// `/assets/icon.svg`
pub(super) async fn icon() -> Response {
    file("image/svg+xml", ICON)
}

/// A file of this build: the next one may have another, so it is asked for again after a while.
fn file(content_type: &'static str, content: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "max-age=60"),
    ];
    (headers, content).into_response()
}
