use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::access::Seeker;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::api::coin_transactions::enter::refused;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;
use crate::store::uploads;

/// Remove an upload
///
/// One's own, or anybody's for an administrator. The coins it earned go back, and the photo or video is
/// deleted.
#[utoipa::path(delete, path = "/uploads/{id}", tag = "uploads",
    params(("id" = String, Path, description = "The upload's id")),
    responses((status = 204, description = "Removed"), Denied))]
pub(in crate::http::api) async fn remove(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
) -> Result<StatusCode, ApiError> {
    let row = super::find(&app, &caller, &id).await?;
    let now = app.clock().now();
    let mut tx = app.store().write().await?;
    uploads::remove(&mut tx, &caller.space.id, &row, caller.actor_id(), now)
        .await?
        .map_err(refused)?;
    tx.commit().await?;
    app.media().remove(&row.content_key).await;
    if let Some(key) = &row.thumbnail_key {
        app.media().remove(key).await;
    }
    Ok(StatusCode::NO_CONTENT)
}
