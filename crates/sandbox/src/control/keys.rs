//! `POST /sandbox/keys/rotate`.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Refused, read};
use crate::Sandbox;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(default)]
    remove_old: bool,
}

/// A new key signs; with `remove_old` the tokens of the old ones are void.
pub(super) async fn rotate(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let body: Body = read(&body, json!({ "remove_old": false }))?;
    let keys = &sandbox.identity.keys;
    let key = keys
        .rotate(body.remove_old)
        .map_err(|e| Refused::new(e.to_string(), Value::Null))?;
    let published: Vec<String> = keys.all().iter().map(|key| key.id.clone()).collect();
    Ok(Json(json!({ "kid": key.id, "published": published })))
}
