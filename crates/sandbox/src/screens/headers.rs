//! What every answer of the screens carries.

use axum::{
    extract::State,
    http::{HeaderName, HeaderValue, header},
    response::Response,
};
use url::Url;

/// The Content-Security-Policy of the screens.
#[derive(Clone, Debug)]
pub(super) struct Policy(HeaderValue);

impl Policy {
    /// Nothing but the screens' own styles and images, and one frame: the card.
    pub(super) fn framing(eloops: &Url) -> Self {
        let policy = |frames: &str| {
            format!(
                "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src {frames}; \
                 form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
            )
        };
        let origin = eloops.origin().ascii_serialization();
        let value = HeaderValue::from_str(&policy(&origin));
        // An origin is plain ASCII; were it not, framing nothing is the safe side.
        Self(value.unwrap_or(HeaderValue::from_static(
            "default-src 'none'; frame-src 'none'",
        )))
    }
}

/// Adds the headers to an answer.
pub(super) async fn add(State(Policy(policy)): State<Policy>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // The card's frame learns which site hosts it, not which worker's address.
    headers.insert(
        HeaderName::from_static("referrer-policy"),
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
