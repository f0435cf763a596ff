//! `GET /sandbox/health`.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use crate::Sandbox;

/// Answers once the company is loaded.
pub(super) async fn health(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    let workers = sandbox
        .store
        .read(|tables| tables.records("Workers").count());
    Json(json!({ "status": "ready", "workers": workers }))
}
