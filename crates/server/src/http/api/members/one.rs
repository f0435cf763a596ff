use axum::Json;
use axum::extract::State;
use eloops_api::Member;

use crate::auth::access::{Seeker, Target};
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;

/// One member
#[utoipa::path(get, path = "/members/{id}", tag = "members",
    params(("id" = String, Path, description = "The member's id")),
    responses((status = 200, body = Member), Denied))]
pub(in crate::http::api) async fn one(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
) -> Result<Json<Member>, ApiError> {
    let found = caller.find(&app, Target::Id(&id)).await?;
    Ok(Json(found.member.into()))
}
