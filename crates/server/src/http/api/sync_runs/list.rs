use axum::Json;
use axum::extract::State;
use eloops_api::{Page, SyncRun};

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::paging::Paging;
use crate::http::plumbing::problem::ApiError;
use crate::store::sync_runs;

/// Sync runs, newest first
#[utoipa::path(get, path = "/talent/sync-runs", tag = "sync", params(Paging),
    responses((status = 200, body = Page<SyncRun>), Denied))]
pub(in crate::http::api) async fn list(
    State(app): State<App>,
    caller: Caller,
    paging: Paging,
) -> Result<Json<Page<SyncRun>>, ApiError> {
    let mut conn = app.store().read().await?;
    Ok(Json(
        sync_runs::list(&mut conn, &caller.space.id, &paging.into()).await?,
    ))
}
