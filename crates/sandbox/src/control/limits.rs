//! `GET|PUT /sandbox/limits`.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use serde_json::json;

use super::body::{Refused, read};
use crate::{Sandbox, traffic::limits::Settings};

/// Sets the limits; what is left out does not limit, and `{}` ends them all.
pub(super) async fn set(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Settings>, Refused> {
    let example = json!({ "requests": 6000, "execution_s": 1200, "window_s": 300,
        "concurrency": 52, "request_ms": 0, "operation_ms": 0 });
    sandbox.traffic.limits.set(read(&body, example)?);
    Ok(show(State(sandbox)).await)
}

/// The limits in force.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Settings> {
    Json(sandbox.traffic.limits.settings())
}
