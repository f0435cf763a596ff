use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use eloops_api::Visibility;

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::caching::tagged;
use crate::http::plumbing::problem::ApiError;
use crate::store::visibility;

/// What my line sees
///
/// `balance_to_line` is true until the member says otherwise. It governs Eloops alone: Talent's own field with the
/// coins is seen by whoever Talent's security lets see it.
#[utoipa::path(get, path = "/me/visibility", tag = "me",
    responses((status = 200, body = Visibility), (status = 304, description = "Unchanged"), Denied))]
pub(in crate::http::api) async fn show(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let member = caller.member()?;
    let mut conn = app.store().read().await?;
    let visibility = visibility::of(&mut conn, &member.id).await?;
    tagged(&headers, &visibility, &visibility)
}
