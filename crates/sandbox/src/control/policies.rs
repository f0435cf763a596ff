//! `GET|PUT /sandbox/policies`.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use serde_json::json;

use super::body::{Refused, read};
use crate::{Sandbox, identity::policies::Settings};

/// Sets the policies; what is left out is as at the start, and `{}` ends them all.
pub(super) async fn set(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Settings>, Refused> {
    let example = json!({
        "claims_challenge": { "audience": sandbox.origin,
            "claims": { "access_token": { "acrs": { "essential": true, "value": "c1" } } } },
        "consent_missing": false, "single_use_assertions": false, "coop": true });
    let settings: Settings = read(&body, example.clone())?;
    if let Some(problem) = settings.problem(&sandbox.origin) {
        return Err(Refused::new(problem, example));
    }
    sandbox.identity.policies.set(settings);
    Ok(show(State(sandbox)).await)
}

/// The policies in force.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Settings> {
    Json(sandbox.identity.policies.settings())
}
