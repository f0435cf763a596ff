//! `ETag` on what is polled (RFC 9110 §8.8): an unchanged answer costs a few bytes.

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::auth::random::sha256;
use crate::http::plumbing::problem::ApiError;

/// Answers with `value` and an `ETag` over `identity`, or 304 when the caller has it already.
///
/// `identity` is `value` without what changes by itself, such as `as_of`; so the tag is a weak one.
///
/// # Errors
/// When a value cannot be written as JSON, which none of ours does.
pub fn tagged<T: Serialize, I: Serialize>(
    asked: &HeaderMap,
    value: &T,
    identity: &I,
) -> Result<Response, ApiError> {
    let text = serde_json::to_string(identity).map_err(|error| ApiError::internal(&error))?;
    let hash = sha256(&text);
    let tag = format!("W/\"{}\"", hash.get(..22).unwrap_or(&hash));
    let header_value = HeaderValue::from_str(&tag).map_err(|error| ApiError::internal(&error))?;
    let headers = [
        (header::ETAG, header_value),
        // Kept by the caller only, and asked for anew each time.
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (header::VARY, HeaderValue::from_static("authorization")),
    ];
    if is_known(asked, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, Json(value)).into_response())
}

/// Whether `If-None-Match` names this tag; weak comparison (RFC 9110 §13.1.2).
#[must_use]
pub fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    asked.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        value.to_str().is_ok_and(|value| {
            value
                .split(',')
                .any(|one| one.trim() == "*" || bare(one) == bare(tag))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly_and_in_lists() {
        for (asked, known) in [
            ("W/\"a\"", true),
            ("\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("a", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(asked));
            assert_eq!(is_known(&headers, "W/\"a\""), known, "{asked}");
        }
    }
}
