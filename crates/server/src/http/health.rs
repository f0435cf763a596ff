//! Signs of life, for whoever watches the server.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};

use super::App;
use super::plumbing::problem::ApiError;

/// `GET /healthz`: the process answers.
pub(super) async fn healthz() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers too.
pub(super) async fn readyz(State(app): State<App>) -> Result<&'static str, ApiError> {
    match app.store().ping().await {
        Ok(()) => Ok("ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            Err(ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "not_ready",
                "The database does not answer.",
            )
            .with_header(header::RETRY_AFTER, HeaderValue::from_static("5")))
        }
    }
}
