use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::problem::ApiError;

/// End all my sessions
///
/// Also the one that asks, and sign-ins under way: from the next request on each answers 401 `session_ended`, and none
/// can be renewed. The tokens that Microsoft gave for them are deleted. 204 also when there is none.
#[utoipa::path(delete, path = "/me/sessions", tag = "me",
    responses((status = 204, description = "Ended"), Denied))]
pub(in crate::http::api) async fn end_all(
    State(app): State<App>,
    caller: Caller,
) -> Result<StatusCode, ApiError> {
    let ended = super::end_everything(&app, &caller.space, &super::of_caller(&caller)).await?;
    tracing::info!(
        network = %caller.space.id,
        by = caller.actor_id(),
        sessions = ended.sessions,
        sign_ins = ended.sign_ins,
        "all sessions were ended by their owner"
    );
    Ok(StatusCode::NO_CONTENT)
}
