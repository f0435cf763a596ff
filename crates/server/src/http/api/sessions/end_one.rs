use axum::extract::State;
use axum::http::StatusCode;

use crate::auth::access::Caller;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;
use crate::store::sessions::owner;

/// End one of my sessions
///
/// From the next request on it answers 401 `session_ended`, and cannot be renewed. The tokens that Microsoft gave for
/// it are deleted. 404 for an id that is not one's own session's.
#[utoipa::path(delete, path = "/me/sessions/{id}", tag = "me",
    params(("id" = String, Path, description = "The session's id, as the list has it")),
    responses((status = 204, description = "Ended"), Denied))]
pub(in crate::http::api) async fn end_one(
    State(app): State<App>,
    caller: Caller,
    InPath(id): InPath<String>,
) -> Result<StatusCode, ApiError> {
    let mut tx = app.store().write().await?;
    if !owner::end(&mut tx, &super::of_caller(&caller), &id).await? {
        return Err(ApiError::not_found());
    }
    tx.commit().await?;
    caller.space.user_tokens.forget_session(&id);
    tracing::info!(
        network = %caller.space.id,
        by = caller.actor_id(),
        session = id,
        sessions = 1,
        "a session was ended by its owner"
    );
    Ok(StatusCode::NO_CONTENT)
}
