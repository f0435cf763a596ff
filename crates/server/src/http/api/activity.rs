use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use eloops_api::{Activity, UploadsSummary};

use super::Denied;
use crate::auth::access::{Found, Seeker, Target};
use crate::http::App;
use crate::http::plumbing::caching::tagged;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;
use crate::store::page::PageRequest;
use crate::store::{activity as store, ledger, links, uploads};

/// Uploads that the card shows at once.
const RECENT: u32 = 12;

/// The card's Eloops half in one call
///
/// For the worker, the reporting line above, and administrators. For the line of a member who keeps the balance from
/// it, `coins` are missing everywhere, `last_activity_at` is the last upload, and `talent` speaks of the uploads alone.
#[utoipa::path(get, path = "/workers/{number}/activity", tag = "workers",
    params(("number" = String, Path, description = "Talent's personnel number", example = "000014")),
    responses((status = 200, body = Activity), (status = 304, description = "Unchanged"), Denied))]
pub(super) async fn activity(
    State(app): State<App>,
    caller: Seeker,
    InPath(number): InPath<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let found = caller.find(&app, Target::Number(&number)).await?;
    let mut activity = read(&app, &found).await?;
    let as_of = std::mem::take(&mut activity.as_of);
    let identity = activity.clone();
    activity.as_of = as_of;
    tagged(&headers, &activity, &identity)
}

/// Where the balance is hidden, everything is left out that coins alone would move: the figures, and also the time of
/// an award and of the last write to Talent.
async fn read(app: &App, found: &Found) -> Result<Activity, ApiError> {
    let Found {
        member,
        shows_balance,
    } = found;
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
    let mut trend = store::trend(&mut conn, &member.id, now).await?;
    if !shows_balance {
        for week in &mut trend {
            week.coins = None;
        }
    }
    let last_activity_at = if *shows_balance {
        store::last_activity_at(&mut conn, &member.id).await?
    } else {
        store::last_upload_at(&mut conn, &member.id).await?
    };
    let talent = if *shows_balance {
        links::talent_fields(link.as_ref(), coins.balance, total)
    } else {
        links::uploads_field(link.as_ref(), total)
    };
    Ok(Activity {
        worker_number: member.worker_number.clone(),
        member_id: member.id.clone(),
        coins: shows_balance.then_some(coins),
        uploads: UploadsSummary {
            total,
            recent: recent
                .items
                .into_iter()
                .map(|row| row.shown(*shows_balance))
                .collect(),
        },
        trend,
        last_activity_at,
        talent,
        as_of: now.to_string(),
    })
}
