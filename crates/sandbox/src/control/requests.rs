//! `GET|DELETE /sandbox/requests`.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};

use crate::{Sandbox, traffic::log::Counted};

/// Every request since the start or the last `DELETE`, counted; the controls are not among them.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Vec<Counted>> {
    Json(sandbox.traffic.log.lines())
}

/// Begins to count anew.
pub(super) async fn clear(State(sandbox): State<Arc<Sandbox>>) -> StatusCode {
    sandbox.traffic.log.clear();
    StatusCode::NO_CONTENT
}
