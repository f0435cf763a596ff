use axum::Json;
use axum::extract::State;
use eloops_api::{Problem, Visibility};

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::Body;
use crate::http::plumbing::problem::ApiError;
use crate::store::outbox::{self, Topic};
use crate::store::visibility;

/// Choose what my line sees
///
/// With `balance_to_line: false` managers, at any height, get no coins of this member: not in the activity, the team
/// list, the trend or with uploads, and the ledger answers them 403 `balance_hidden`. Uploads stay visible to them,
/// and administrators see everything. Holds from the next request on. It governs Eloops alone: Talent's own field
/// with the coins is seen by whoever Talent's security lets see it.
#[utoipa::path(put, path = "/me/visibility", tag = "me", request_body = Visibility,
    responses((status = 200, description = "As it is now", body = Visibility),
        (status = 422, description = "`invalid_request`", body = Problem, content_type = "application/problem+json"),
        Denied))]
pub(in crate::http::api) async fn choose(
    State(app): State<App>,
    caller: Caller,
    Body(chosen): Body<Visibility>,
) -> Result<Json<Visibility>, ApiError> {
    let member = caller.member()?;
    let now = app.clock().now();
    let mut tx = app.store().write().await?;
    visibility::set(&mut tx, &member.id, chosen, now.as_microsecond()).await?;
    // Whoever looks at the member just now is to ask again.
    outbox::append(&mut tx, &member.network_id, Topic::Coins, &member.id, now).await?;
    tx.commit().await?;
    Ok(Json(chosen))
}
