use axum::http::{HeaderMap, StatusCode};

use crate::auth::bearer;
use crate::auth::principal::SESSION_PREFIX;
use crate::http::plumbing::problem::ApiError;

/// The session's bearer in a request that is about the session itself.
///
/// # Errors
/// 401 `unauthenticated` where there is none, several, or a token of Microsoft's.
pub(super) fn of(headers: &HeaderMap) -> Result<&str, ApiError> {
    bearer::read(headers)
        .filter(|bearer| bearer.starts_with(SESSION_PREFIX))
        .ok_or_else(|| {
            ApiError::new(
                StatusCode::UNAUTHORIZED,
                "unauthenticated",
                "Send the session as Authorization: Bearer.",
            )
        })
}
