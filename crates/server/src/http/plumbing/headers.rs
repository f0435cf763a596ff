//! Security headers for every answer. A handler that sets one of them itself (the frame, the documentation)
//! keeps its own.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::App;

const DENY_ALL: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Marks an answer that other sites may put into a frame: it gets no `X-Frame-Options`.
#[derive(Debug, Clone, Copy)]
pub struct Frameable;

/// Adds what is missing.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let private = path.starts_with("/api/") || path.starts_with("/auth/");
    let page_of_sign_in = path.starts_with("/auth/") && path != "/auth/callback";
    let mut response = next.run(request).await;
    let frameable = response.extensions().get::<Frameable>().is_some();
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, DENY_ALL);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Under `no-referrer` a browser sends `Origin: null` with a form, and the confirmation would be taken for a stranger's.
    let referrer = if page_of_sign_in {
        "same-origin"
    } else {
        "no-referrer"
    };
    set(header::REFERRER_POLICY, referrer);
    if !frameable {
        set(header::X_FRAME_OPTIONS, "DENY");
        set(
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        );
    }
    if private {
        set(header::CACHE_CONTROL, "no-store");
    }
    if page_of_sign_in {
        set(
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        );
    }
    if app.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}
