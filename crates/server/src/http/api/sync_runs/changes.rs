use axum::Json;
use axum::extract::State;
use eloops_api::{Action, Page, SyncChange};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::{InPath, Params};
use crate::http::plumbing::paging::Paging;
use crate::http::plumbing::problem::ApiError;
use crate::store::sync_changes::{self, ChangeFilter};

/// Which changes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http::api) struct Which {
    /// Only changes that do this.
    #[param(inline)]
    action: Option<Action>,
    /// Only this worker's.
    worker: Option<String>,
}

/// What a run does, worker by worker
///
/// A dry run and a real one list the same changes.
#[utoipa::path(get, path = "/talent/sync-runs/{id}/changes", tag = "sync",
    params(("id" = String, Path, description = "The run's id"), Which, Paging),
    responses((status = 200, body = Page<SyncChange>), Denied))]
pub(in crate::http::api) async fn changes(
    State(app): State<App>,
    caller: Caller,
    InPath(id): InPath<String>,
    paging: Paging,
    Params(which): Params<Which>,
) -> Result<Json<Page<SyncChange>>, ApiError> {
    let mut conn = app.store().read().await?;
    let run = super::find(&mut conn, &caller.space.id, &id).await?;
    let filter = ChangeFilter {
        action: which.action,
        worker_number: which.worker,
    };
    Ok(Json(
        sync_changes::list(&mut conn, &run.id, &filter, &paging.into()).await?,
    ))
}
