//! `GET|PUT /sandbox/clock`.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Refused, read};
use crate::Sandbox;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    now: Option<Timestamp>,
    advance_s: Option<i64>,
}

/// Sets or moves the time; what becomes effective by it shows at once.
pub(super) async fn set(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let example = json!([{ "now": "2026-11-22T08:00:00Z" }, { "advance_s": 3600 }]);
    match read::<Body>(&body, example.clone())? {
        Body {
            now: Some(now),
            advance_s: None,
        } => sandbox.clock.set(now),
        Body {
            now: None,
            advance_s: Some(seconds),
        } => {
            sandbox.clock.advance(SignedDuration::from_secs(seconds));
        }
        _ => return Err(Refused::new("give either now or advance_s", example)),
    }
    sandbox
        .effective
        .settle_now(&sandbox.store, sandbox.clock.now());
    Ok(show(State(sandbox)).await)
}

/// What time it is.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    Json(json!({ "now": sandbox.clock.now() }))
}
