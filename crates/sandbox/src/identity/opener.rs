//! Whether the sign-in pages keep their opener: a policy tests set.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::header::HeaderName,
    middleware::Next,
    response::Response,
};

use crate::Sandbox;

const COOP: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// Takes `Cross-Origin-Opener-Policy` off where `coop` is off, as for an app that opted out
/// (Microsoft Learn: how-to-prepare-app-coop-enforcement).
pub(super) async fn policy(
    State(sandbox): State<Arc<Sandbox>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    if !sandbox.identity.policies.settings().coop {
        response.headers_mut().remove(COOP);
    }
    response
}
