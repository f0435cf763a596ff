use axum::Json;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::http::StatusCode;
use eloops_api::{Problem, Upload, UploadKind};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::receive::{self, Received};
use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::api::coin_transactions::enter::refused;
use crate::http::plumbing::idempotency::{self, Creating, IdempotencyKey};
use crate::http::plumbing::problem::ApiError;
use crate::http::plumbing::rate_limit::Costly;
use crate::ids::new_id;
use crate::media::MAX_VIDEO_BYTES;
use crate::store::uploads::{self, NewUpload, UploadRow};

/// What the form may hold beside the file.
const FORM_BYTES: u64 = 64 * 1024;

/// The form.
#[derive(ToSchema)]
#[expect(dead_code, reason = "only described: the form is read piece by piece")]
struct UploadForm {
    /// A photo (JPEG, PNG, WebP, GIF; 25 MB) or a video (MP4, WebM; 100 MB).
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// A few words; at most 500 characters.
    caption: Option<String>,
}

/// The endpoint, with room for a video.
pub(in crate::http::api) fn route() -> OpenApiRouter<App> {
    let room = usize::try_from(MAX_VIDEO_BYTES + FORM_BYTES).unwrap_or(usize::MAX);
    OpenApiRouter::new()
        .routes(routes!(post))
        .layer(DefaultBodyLimit::max(room))
}

/// Upload a photo or a video
///
/// Earns coins by the network's rule. A photo is made anew from its pixels, so that nothing of what the camera
/// wrote beside them, such as the place, is kept.
#[utoipa::path(post, path = "/me/uploads", tag = "uploads",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key uploads once")),
    responses((status = 201, body = Upload),
        (status = 413, description = "`too_large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported_type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`file_missing`, `unreadable_picture`, `unreadable_video`, `invalid_request`",
            body = Problem, content_type = "application/problem+json"),
        Denied))]
async fn post(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<(StatusCode, Json<Upload>), ApiError> {
    app.rate_limits()
        .take_costly(Costly::Upload, &caller.space.id, &caller.object_id)?;
    let form = form.map_err(|_| {
        ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "Send multipart/form-data with the field file.",
        )
    })?;
    let id = new_id(app.clock().now());
    let received = receive::form(&app, form, &id).await?;
    let kept = keep(&app, &caller, &key, &id, &received).await;
    // What the database did not take, or had already, leaves no media behind.
    if !matches!(&kept, Ok(row) if row.upload.id == id) {
        received.discard(&app).await;
    }
    Ok((StatusCode::CREATED, Json(kept?.upload)))
}

async fn keep(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    id: &str,
    received: &Received,
) -> Result<UploadRow, ApiError> {
    let member = caller.member()?;
    let network_id = &caller.space.id;
    let rules = caller.space.config.coins;
    let now = app.clock().now();
    let creating = Creating {
        network_id,
        caller: &caller.object_id,
        route: "POST /me/uploads",
        body: &format!("{}\n{}", received.hash, received.caption),
        now: now.as_microsecond(),
    };
    let mut tx = app.store().write().await?;
    if let Some(earlier) = idempotency::claim(&mut tx, key, &creating, id).await? {
        let row = uploads::by_id(&mut tx, network_id, &earlier).await?;
        return row.ok_or_else(|| ApiError::internal(&"an upload's row is gone"));
    }
    let new = NewUpload {
        id,
        kind: received.kind,
        caption: &received.caption,
        content_type: received.content_type,
        bytes: received.bytes,
        size: received.size,
        content_key: &received.content_key,
        thumbnail_key: received.thumbnail_key.as_deref(),
        coins: match received.kind {
            UploadKind::Photo => rules.photo,
            UploadKind::Video => rules.video,
        },
    };
    let row = uploads::insert(&mut tx, member, &new, now)
        .await?
        .map_err(refused)?;
    tx.commit().await?;
    Ok(row)
}
