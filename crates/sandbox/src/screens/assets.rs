//! The styles and the icon; nothing comes from elsewhere.

use axum::{http::header, response::IntoResponse};

/// `GET /assets/talent.css`.
pub(super) async fn styles() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        include_str!("../../assets/talent.css"),
    )
}

/// `GET /assets/icon.svg`.
pub(super) async fn icon() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "image/svg+xml")],
        include_str!("../../assets/icon.svg"),
    )
}
