use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::locale::Locale;
use super::page;

/// Registered at Microsoft as a place to go to after signing out.
pub(super) const PATH: &str = "/auth/signed-out";

/// `GET /auth/signed-out`: where Microsoft's sign-out leads back to.
pub(super) async fn signed_out(headers: HeaderMap) -> Response {
    page::notice(StatusCode::OK, Locale::of(&headers), |words| {
        &words.signed_out
    })
}
