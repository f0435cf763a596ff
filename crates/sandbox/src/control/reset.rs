//! `POST /sandbox/reset`.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::Sandbox;

/// Back to the start: rows, custom fields, clock, faults, limits, policies, certificates, request
/// log, tokens given out, who is signed in. The signing keys stay, so that tokens stay good.
pub(super) async fn reset(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    sandbox.reset();
    Json(json!({ "status": "reset" }))
}
