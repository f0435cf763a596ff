use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use eloops_api::Me;

use super::Denied;
use crate::auth::access::Caller;
use crate::http::App;
use crate::http::plumbing::caching::tagged;
use crate::http::plumbing::problem::ApiError;
use crate::store::members;

/// Who is signed in
///
/// `member` is absent when the account belongs to no member of the network.
#[utoipa::path(get, path = "/me", tag = "me",
    responses((status = 200, body = Me), (status = 304, description = "Unchanged"), Denied))]
pub(super) async fn me(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let caller = caller.into_inner();
    let is_manager = match &caller.member {
        Some(member) => {
            let mut conn = app.store().read().await?;
            members::is_manager(&mut conn, &member.id).await?
        }
        None => false,
    };
    let me = Me {
        member: caller.member.map(Into::into),
        roles: caller.roles.into_iter().collect(),
        is_manager,
    };
    tagged(&headers, &me, &me)
}
