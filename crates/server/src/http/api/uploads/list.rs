use axum::Json;
use axum::extract::State;
use eloops_api::{Page, Upload};

use crate::auth::access::{Seeker, Target};
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::paging::Paging;
use crate::http::plumbing::problem::ApiError;
use crate::store::uploads;

/// A member's visible uploads, newest first
///
/// For the member, the reporting line, and administrators; without `coins` for the line of a member who keeps the
/// balance from it.
#[utoipa::path(get, path = "/members/{id}/uploads", tag = "uploads",
    params(("id" = String, Path, description = "The member's id"), Paging),
    responses((status = 200, body = Page<Upload>), Denied))]
pub(in crate::http::api) async fn list(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
    paging: Paging,
) -> Result<Json<Page<Upload>>, ApiError> {
    let found = caller.find(&app, Target::Id(&id)).await?;
    let mut conn = app.store().read().await?;
    let page = uploads::list(&mut conn, &found.member.id, &paging.into()).await?;
    Ok(Json(Page {
        items: page
            .items
            .into_iter()
            .map(|row| row.shown(found.shows_balance))
            .collect(),
        next_cursor: page.next_cursor,
    }))
}
