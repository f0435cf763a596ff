//! Security headers for every answer. A handler that sets one of them itself (the frame, the documentation)
//! keeps its own.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::http::App;

const DENY_ALL: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// For photos and videos: what somebody uploaded never acts as a page of ours, wherever it is opened.
pub const UPLOADED: (HeaderName, &str) = (
    header::CONTENT_SECURITY_POLICY,
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
);

/// What a page of ours may ask of the device: nothing. The names are those that Chromium knows.
const NO_DEVICES: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
    display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), \
    idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    picture-in-picture=(), publickey-credentials-create=(), publickey-credentials-get=(), \
    screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Two years, as browsers' own lists of https sites ask for, and for every name below ours (ASVS 5 3.4.1).
const HTTPS_ONLY: &str = "max-age=63072000; includeSubDomains";

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Marks an answer that other sites may put into a frame: it gets no `X-Frame-Options`.
#[derive(Debug, Clone, Copy)]
pub struct Frameable;

/// Adds what is missing.
pub async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let callback = path == "/auth/callback";
    let page_of_sign_in = path.starts_with("/auth/") && !callback;
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
    set(PERMISSIONS_POLICY, NO_DEVICES);
    // Under `no-referrer` a browser sends `Origin: null` with a form, and the confirmation would be taken for a stranger's.
    let referrer = if page_of_sign_in {
        "same-origin"
    } else {
        "no-referrer"
    };
    set(header::REFERRER_POLICY, referrer);
    if frameable {
        // Also for pages that take in only what says so (`Cross-Origin-Embedder-Policy`).
        set(RESOURCE_POLICY, "cross-origin");
    } else {
        set(header::X_FRAME_OPTIONS, "DENY");
        set(RESOURCE_POLICY, "same-origin");
    }
    // Unless an answer says how it may be kept, nobody keeps it.
    set(header::CACHE_CONTROL, "no-store");
    if !callback {
        set(OPENER_POLICY, "same-origin");
    }
    if app.is_https() {
        set(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    response
}
