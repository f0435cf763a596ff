//! The bearer of a request (RFC 6750 §2.1); the other two ways of sending one are not accepted.

use http::{HeaderMap, header};

/// What stands behind `Bearer` in the one `Authorization` header; none when there is none, several, or another scheme.
#[must_use]
pub fn read(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (scheme, bearer) = values.next()?.to_str().ok()?.split_once(' ')?;
    let bearer = bearer.trim();
    let one = values.next().is_none();
    (one && scheme.eq_ignore_ascii_case("bearer") && !bearer.is_empty()).then_some(bearer)
}
