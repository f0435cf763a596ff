use axum::http::{HeaderMap, StatusCode, header};

use crate::auth::principal::SESSION_PREFIX;
use crate::http::plumbing::problem::ApiError;

/// The session's bearer in a request that is about the session itself.
///
/// # Errors
/// 401 `unauthenticated` where there is none, or a token of Microsoft's.
pub(super) fn of(headers: &HeaderMap) -> Result<&str, ApiError> {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, bearer)| bearer.trim())
        .filter(|bearer| bearer.starts_with(SESSION_PREFIX))
        .ok_or_else(|| {
            ApiError::new(
                StatusCode::UNAUTHORIZED,
                "unauthenticated",
                "Send the session as Authorization: Bearer.",
            )
        })
}
