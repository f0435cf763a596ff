use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use eloops_api::{Activity, UploadsSummary};

use super::Denied;
use crate::auth::access::{self, Deed, Target};
use crate::auth::principal::Principal;
use crate::http::App;
use crate::http::plumbing::caching::tagged;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;
use crate::store::members::MemberRow;
use crate::store::page::PageRequest;
use crate::store::{activity as store, ledger, links, uploads};

/// Uploads that the card shows at once.
const RECENT: u32 = 12;

/// The card's Eloops half in one call
///
/// For the worker, the reporting line above, and administrators.
#[utoipa::path(get, path = "/workers/{number}/activity", tag = "workers",
    params(("number" = String, Path, description = "Talent's personnel number", example = "000014")),
    responses((status = 200, body = Activity), (status = 304, description = "Unchanged"), Denied))]
pub(super) async fn activity(
    State(app): State<App>,
    caller: Principal,
    InPath(number): InPath<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let member = access::member(&app, &caller, Deed::Read, Target::Number(&number)).await?;
    let mut activity = read(&app, &member).await?;
    let as_of = std::mem::take(&mut activity.as_of);
    let identity = activity.clone();
    activity.as_of = as_of;
    tagged(&headers, &activity, &identity)
}

async fn read(app: &App, member: &MemberRow) -> Result<Activity, ApiError> {
    let now = app.clock().now();
    let mut conn = app.store().read().await?;
    let coins = ledger::totals(&mut conn, &member.id).await?;
    let total = uploads::count(&mut conn, &member.id).await?;
    let newest = PageRequest {
        limit: Some(RECENT),
        cursor: None,
    };
    let recent = uploads::list(&mut conn, &member.id, &newest).await?;
    let link = links::of(&mut conn, &member.id).await?;
    Ok(Activity {
        worker_number: member.worker_number.clone(),
        member_id: member.id.clone(),
        coins: Some(coins),
        uploads: UploadsSummary {
            total,
            recent: recent.items.into_iter().map(|row| row.upload).collect(),
        },
        trend: store::trend(&mut conn, &member.id, now).await?,
        last_activity_at: store::last_activity_at(&mut conn, &member.id).await?,
        talent: links::talent_fields(link.as_ref(), coins.balance, total),
        as_of: now.to_string(),
    })
}
