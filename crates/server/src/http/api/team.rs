use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use eloops_api::{Page, TeamMember};

use super::Denied;
use crate::auth::principal::Principal;
use crate::http::App;
use crate::http::plumbing::caching::tagged;
use crate::http::plumbing::problem::ApiError;
use crate::store::team;

/// My direct reports
///
/// With coins, uploads and last activity, by name; empty for whoever leads nobody. `line_broken` marks
/// people whose line needs IT's attention.
#[utoipa::path(get, path = "/me/team", tag = "me",
    responses((status = 200, body = Page<TeamMember>), (status = 304, description = "Unchanged"), Denied))]
pub(super) async fn team(
    State(app): State<App>,
    caller: Principal,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let member = caller.own_member()?;
    let mut conn = app.store().read().await?;
    let items = team::of(&mut conn, &member.id).await?;
    let page = Page {
        items,
        next_cursor: None,
    };
    tagged(&headers, &page, &page)
}
