//! `POST /sandbox/workers` and `PATCH /sandbox/workers/{number}`: HR at work.

mod fields;
mod write;

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
};
use serde_json::{Map, Value, json};

use self::fields::Fields;
use super::body::{Refused, read};
use crate::{
    Sandbox,
    rows::{RowKey, Tables},
};

/// A new worker with one employment and one position.
pub(super) async fn create(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>), Refused> {
    let body: Map<String, Value> = read(&body, example())?;
    let now = sandbox.clock.now();
    let answer = sandbox.store.write(|tables| {
        let fields = Fields::sort(tables, &body)?;
        write::create(tables, fields, now)
    })?;
    Ok((StatusCode::CREATED, Json(answer)))
}

/// A change of the worker, of the primary position, or of the last employment.
pub(super) async fn change(
    State(sandbox): State<Arc<Sandbox>>,
    Path(number): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let body: Map<String, Value> = read(&body, example())?;
    let now = sandbox.clock.now();
    let answer = sandbox.store.write(|tables| {
        exists(tables, &number)?;
        let fields = Fields::sort(tables, &body)?;
        write::change(tables, &number, fields, now)
    })?;
    Ok(Json(answer))
}

fn exists(tables: &Tables, number: &str) -> Result<(), Refused> {
    match tables.get("Workers", &RowKey::of(&[number])) {
        Some(_) => Ok(()),
        None => Err(Refused::not_found(format!(
            "there is no worker with the personnel number '{number}'"
        ))),
    }
}

fn example() -> Value {
    json!({ "FirstName": "Ada", "LastName": "Almeida", "WorkerStatus": "Employed",
        "EmploymentEndDate": "2026-12-31", "ReportsTo": "000112" })
}
