//! `GET /portraits/{number}`: the stored image, whatever it is.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    Sandbox,
    rows::{RowKey, Value},
};

/// The bytes of `PersonImages.Image`, with the type found in them.
pub(super) async fn portrait(
    State(sandbox): State<Arc<Sandbox>>,
    Path(number): Path<String>,
) -> Response {
    let image = sandbox.store.read(|tables| {
        let worker = tables.get("Workers", &RowKey::of(&[&number]))?;
        tables
            .get("PersonImages", &RowKey::of(&[worker.text("PartyNumber")]))?
            .value("Image")
    });
    // Drawing takes a while: not on the threads that serve.
    let drawn = tokio::task::spawn_blocking(move || image.as_ref().and_then(Value::as_bytes)).await;
    let Ok(Some(bytes)) = drawn else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = image::guess_format(&bytes).map_or("application/octet-stream", |f| f.to_mime_type());
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "private, max-age=300"),
        ],
        bytes,
    )
        .into_response()
}
