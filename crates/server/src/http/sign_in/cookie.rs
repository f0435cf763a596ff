//! The popup's cookie: it binds one sign-in to one browser, for as long as the sign-in lasts.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::auth::pairing::PAIRING_SECONDS;

/// The prefix makes browsers insist on `Secure`, `Path=/` and no `Domain` (RFC 6265bis §4.1.3).
const NAME: &str = "__Host-eloops-sign-in";

/// The header that sets it.
pub(super) fn set(value: &str) -> Option<HeaderValue> {
    // Lax, because Microsoft's page brings the browser back with a link.
    HeaderValue::from_str(&format!(
        "{NAME}={value}; Path=/; Max-Age={PAIRING_SECONDS}; Secure; HttpOnly; SameSite=Lax"
    ))
    .ok()
}

/// The header that takes it away.
pub(super) fn clear() -> HeaderValue {
    HeaderValue::from_static(
        "__Host-eloops-sign-in=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
    )
}

/// Its value in a request.
pub(super) fn read(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == NAME && !value.is_empty()).then_some(value))
}
