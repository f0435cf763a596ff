//! `GET|PUT /sandbox/faults`.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use serde_json::json;

use super::body::{Refused, read};
use crate::{Sandbox, traffic::faults::Fault};

/// Puts these faults in the place of all others; `[]` ends them.
pub(super) async fn set(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Vec<Fault>>, Refused> {
    let example = json!([{ "match": "PATCH /data/Workers", "status": 429, "retry_after": 2,
        "delay_ms": 0, "drop_response": false, "truncate": false, "times": 3 }]);
    let faults: Vec<Fault> = read(&body, example.clone())?;
    if let Some(problem) = faults.iter().find_map(Fault::problem) {
        return Err(Refused::new(problem, example));
    }
    sandbox.traffic.faults.set(faults);
    Ok(show(State(sandbox)).await)
}

/// The faults in force, with the times that are left.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Vec<Fault>> {
    Json(sandbox.traffic.faults.all())
}
