use axum::Json;
use axum::extract::State;
use eloops_api::SyncRun;

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;

/// One sync run
#[utoipa::path(get, path = "/talent/sync-runs/{id}", tag = "sync",
    params(("id" = String, Path, description = "The run's id")),
    responses((status = 200, body = SyncRun), Denied))]
pub(in crate::http::api) async fn one(
    State(app): State<App>,
    caller: Caller,
    InPath(id): InPath<String>,
) -> Result<Json<SyncRun>, ApiError> {
    let mut conn = app.store().read().await?;
    Ok(Json(super::find(&mut conn, &caller.space.id, &id).await?))
}
