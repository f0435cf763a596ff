use axum::Json;
use axum::extract::State;
use eloops_api::{CoinTransaction, Page};

use crate::auth::access::{Seeker, Target};
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::paging::Paging;
use crate::http::plumbing::problem::ApiError;
use crate::store::ledger;

/// The ledger, newest first
///
/// For the member and for administrators; for the reporting line unless the member keeps the balance from it, then
/// it is 403 `balance_hidden`.
#[utoipa::path(get, path = "/members/{id}/coin-transactions", tag = "coins",
    params(("id" = String, Path, description = "The member's id"), Paging),
    responses((status = 200, body = Page<CoinTransaction>), Denied))]
pub(in crate::http::api) async fn list(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
    paging: Paging,
) -> Result<Json<Page<CoinTransaction>>, ApiError> {
    let member = caller.find(&app, Target::Id(&id)).await?.member;
    let mut conn = app.store().read().await?;
    Ok(Json(
        ledger::list(&mut conn, &member.id, &paging.into()).await?,
    ))
}
