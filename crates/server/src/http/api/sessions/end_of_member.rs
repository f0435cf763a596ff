use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::access::{Seeker, Target};
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;
use crate::store::sessions::owner::Owner;

/// End all sessions of a member
///
/// For a lost laptop: sessions and sign-ins under way end as by `DELETE /me/sessions`. 204 also when there is none. Access
/// tokens of Microsoft's end with their hour, and whoever is still signed in there can sign in here anew: revoke the
/// person's sessions in Entra first.
#[utoipa::path(delete, path = "/members/{id}/sessions", tag = "members",
    params(("id" = String, Path, description = "The member's id")),
    responses((status = 204, description = "Ended"), Denied))]
pub(in crate::http::api) async fn end_of_member(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
) -> Result<StatusCode, ApiError> {
    let member = caller.find(&app, Target::Id(&id)).await?.member;
    let owner = Owner {
        network_id: &member.network_id,
        member_id: Some(&member.id),
        object_id: member.object_id.as_deref(),
    };
    let ended = super::end_everything(&app, &caller.space, &owner).await?;
    tracing::info!(
        network = %caller.space.id,
        by = caller.actor_id(),
        member = %member.id,
        sessions = ended.sessions,
        sign_ins = ended.sign_ins,
        "all sessions of a member were ended by an administrator"
    );
    Ok(StatusCode::NO_CONTENT)
}
