//! `POST /sandbox/reset`.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::Sandbox;

/// Back to the seed: rows, custom fields, clock, faults, limits, policies, request log, who is signed
/// in.
/// The signing keys stay, so that tokens stay good.
pub(super) async fn reset(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    sandbox.reset();
    Json(json!({ "status": "reset" }))
}
