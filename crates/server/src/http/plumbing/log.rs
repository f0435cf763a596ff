//! One line in the log and one measurement for each request. The route's template stands there, never
//! the address: that may name a person, and `/auth/` addresses hold codes.

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;

use super::request_id::RequestId;

/// Filled with the member's id once the caller is known.
#[derive(Debug, Clone, Default)]
pub struct CallerSlot(Arc<OnceLock<String>>);

impl CallerSlot {
    /// Notes who asks. The first note counts.
    pub fn note(&self, member_id: &str) {
        let _ = self.0.set(member_id.to_owned());
    }
}

/// Logs and measures.
pub async fn layer(mut request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "(none)".to_owned(), |path| path.as_str().to_owned());
    let request_id = request.extensions().get::<RequestId>().cloned();
    let caller = CallerSlot::default();
    request.extensions_mut().insert(caller.clone());

    let response = next.run(request).await;

    let status = response.status();
    let took = began.elapsed();
    let labels = [
        ("method", known(&method).to_owned()),
        ("route", route.clone()),
        ("status", status.as_u16().to_string()),
    ];
    metrics::counter!("eloops_http_requests_total", &labels).increment(1);
    metrics::histogram!("eloops_http_request_seconds", &labels[..2]).record(took.as_secs_f64());
    tracing::info!(
        target: "eloops::http",
        method = known(&method),
        route,
        status = status.as_u16(),
        ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        request_id = request_id.as_ref().map(|id| id.0.as_str()),
        member = caller.0.get().map(String::as_str),
        "request"
    );
    response
}

/// The method, or `other` for those that callers make up: each name would be remembered for ever.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}
