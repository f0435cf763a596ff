use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use eloops_api::{NewSyncRun, Page, Problem, SyncRun, Trigger};

use crate::auth::access::Caller;
use crate::auth::principal::Principal;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::Body;
use crate::http::plumbing::idempotency::{self, Creating, IdempotencyKey};
use crate::http::plumbing::problem::ApiError;
use crate::http::plumbing::rate_limit::Costly;
use crate::store::idempotency as keys;
use crate::sync::{Request, SyncError};

/// What a key holds while its run is being started.
const STARTING: &str = "starting";

/// Start a sync run
///
/// Answers at once; the run goes on in the background. `both` starts two runs, inbound first, and is answered
/// with a list of them.
#[utoipa::path(post, path = "/talent/sync-runs", tag = "sync", request_body = NewSyncRun,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key starts once")),
    responses((status = 202, description = "The run; for `both` a list of two", body = SyncRun),
        (status = 409, description = "`idempotency_conflict`, `idempotency_in_progress`",
            body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: see `errors`",
            body = Problem, content_type = "application/problem+json"),
        Denied))]
pub(in crate::http::api) async fn start(
    State(app): State<App>,
    caller: Caller,
    key: IdempotencyKey,
    Body(new): Body<NewSyncRun>,
) -> Result<Response, ApiError> {
    app.rate_limits()
        .take_costly(Costly::SyncRun, &caller.space.id, &caller.object_id)?;
    let creating = Creating {
        network_id: &caller.space.id,
        caller: &caller.object_id,
        route: "POST /talent/sync-runs",
        body: &serde_json::to_string(&new).map_err(|error| ApiError::internal(&error))?,
        now: app.clock().micros(),
    };
    let mut tx = app.store().write().await?;
    let earlier = idempotency::claim(&mut tx, &key, &creating, STARTING).await?;
    tx.commit().await?;
    let runs = match earlier {
        Some(ids) => replay(&app, &caller.space.id, &ids).await?,
        None => begin(&app, &caller, &key, &creating, new).await?,
    };
    Ok(answer(runs))
}

async fn begin(
    app: &App,
    caller: &Principal,
    key: &IdempotencyKey,
    creating: &Creating<'_>,
    new: NewSyncRun,
) -> Result<Vec<SyncRun>, ApiError> {
    let request = Request {
        directions: new.direction,
        dry_run: new.dry_run,
        worker: new.worker,
        trigger: Trigger::Api,
    };
    let started = caller.space.engine.start(request).await;
    if let IdempotencyKey(Some(_)) = key {
        let mut tx = app.store().write().await?;
        let stored = key.stored(creating.caller);
        match &started {
            Ok(runs) => {
                let ids: Vec<_> = runs.iter().map(|run| run.id.as_str()).collect();
                keys::assign(&mut tx, &caller.space.id, &stored, &ids.join(" ")).await?;
            }
            // Nothing was made, so the key is free again.
            Err(_) => keys::release(&mut tx, &caller.space.id, &stored).await?,
        }
        tx.commit().await?;
    }
    started.map_err(|error| match error {
        SyncError::Store(error) => error.into(),
        other => ApiError::invalid("worker", other.to_string()),
    })
}

async fn replay(app: &App, network_id: &str, ids: &str) -> Result<Vec<SyncRun>, ApiError> {
    if ids == STARTING {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "idempotency_in_progress",
            "The first request with this key is under way; ask again in a moment.",
        )
        .with_header(header::RETRY_AFTER, HeaderValue::from_static("1")));
    }
    let mut conn = app.store().read().await?;
    let mut runs = Vec::new();
    for id in ids.split(' ') {
        runs.push(super::find(&mut conn, network_id, id).await?);
    }
    Ok(runs)
}

fn answer(mut runs: Vec<SyncRun>) -> Response {
    if runs.len() == 1 {
        let run = runs.remove(0);
        let location = format!("/api/v1/talent/sync-runs/{}", run.id);
        return (
            StatusCode::ACCEPTED,
            [(header::LOCATION, location)],
            Json(run),
        )
            .into_response();
    }
    let page = Page {
        items: runs,
        next_cursor: None,
    };
    (StatusCode::ACCEPTED, Json(page)).into_response()
}
