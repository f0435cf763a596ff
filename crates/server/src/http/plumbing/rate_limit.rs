//! How much one caller may ask for in a minute (`ELOOPS_RATE_LIMIT`): 429 `too_many_requests` with
//! `Retry-After` beyond it.
//!
//! A caller who was recognised is network and object id, wherever they come from. Everybody else is an
//! address, and bearers that do not count have a small budget of their own, so that guessing is slow: beyond it
//! only bearers that led to somebody before are looked at. What costs nothing, the frame's files and signs of
//! life, is free.

mod budget;
mod familiar;
mod limits;
mod ticks;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::client_address::ClientAddress;
use super::problem::ApiError;
use crate::auth::bearer;
use crate::auth::secret::Secret;
use crate::http::App;
pub(crate) use budget::Budget;
pub use limits::{Costly, RateLimits};
pub(crate) use ticks::Ticks;

/// Set once the caller is recognised: the request is then on their own account, not on their address's.
#[derive(Debug, Clone, Default)]
pub struct Recognised(Arc<AtomicBool>);

impl Recognised {
    /// Notes it.
    pub fn note(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Charges the address for what nobody recognised has asked.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if is_free(request.uri().path()) {
        return next.run(request).await;
    }
    let limits = app.rate_limits();
    let address = request.extensions().get::<ClientAddress>().copied();
    let Some(address) = address.map(ClientAddress::group) else {
        return ApiError::internal(&"a request without an address").into_response();
    };
    let with_bearer = request.headers().contains_key(header::AUTHORIZATION);
    let bearer = bearer::read(request.headers()).map(Secret::new);
    let bearer = bearer.as_ref().map(Secret::expose);
    let allowed = if with_bearer {
        limits.may_try(address, bearer)
    } else {
        limits.take_unknown(address)
    };
    if let Err(wait) = allowed {
        return too_many(wait).into_response();
    }
    let recognised = Recognised::default();
    request.extensions_mut().insert(recognised.clone());
    let response = next.run(request).await;
    if recognised.0.load(Ordering::Relaxed) {
        bearer.inspect(|bearer| limits.remember(bearer));
    } else if with_bearer {
        let refused = response.status() == StatusCode::UNAUTHORIZED;
        limits.charge(address, bearer, refused);
    }
    response
}

fn is_free(path: &str) -> bool {
    let asset = path.starts_with("/frame") || path.starts_with("/api/docs");
    asset || matches!(path, "/healthz" | "/readyz" | "/metrics")
}

/// The refusal, for after `wait`.
#[must_use]
pub fn too_many(wait: Duration) -> ApiError {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too_many_requests",
        "Many requests came from you within a short time. Wait as long as Retry-After says, in seconds.",
    )
    .with_header(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)))
}
