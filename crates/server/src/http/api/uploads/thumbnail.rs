use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::still;
use crate::auth::access::Seeker;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::headers::UPLOADED;
use crate::http::plumbing::problem::ApiError;

/// A small picture of an upload
///
/// A JPEG of at most 320 pixels a side; for a video a neutral still.
#[utoipa::path(get, path = "/uploads/{id}/thumbnail", tag = "uploads",
    params(("id" = String, Path, description = "The upload's id")),
    responses((status = 200, content_type = "image/jpeg", body = [u8]), Denied))]
pub(in crate::http::api) async fn thumbnail(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
) -> Result<Response, ApiError> {
    let row = super::find(&app, &caller, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=300"),
        (header::VARY, "authorization"),
        (header::CONTENT_DISPOSITION, "inline"),
        UPLOADED,
    ];
    let Some(key) = &row.thumbnail_key else {
        return Ok((headers, still::of_a_video()).into_response());
    };
    let reading = app
        .media()
        .get(key, None)
        .await?
        .ok_or_else(ApiError::not_found)?;
    Ok((headers, axum::body::Body::from_stream(reading.bytes)).into_response())
}
