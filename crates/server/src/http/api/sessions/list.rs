use axum::Json;
use axum::extract::State;
use eloops_api::{Page, Session};

use crate::auth::access::Caller;
use crate::auth::principal::Credential;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::paging::Paging;
use crate::http::plumbing::problem::ApiError;
use crate::store::sessions::owner;

/// My running sessions
///
/// Sessions of the paired sign-in that can still be used or renewed, newest first. No address and no browser is stored
/// with a session, so the times are all there is to tell them apart; `current` marks the one that asks, and none when
/// an access token asks. Access tokens of Microsoft are not in the list: whoever issued them ends them.
#[utoipa::path(get, path = "/me/sessions", tag = "me", params(Paging),
    responses((status = 200, body = Page<Session>), Denied))]
pub(in crate::http::api) async fn list(
    State(app): State<App>,
    caller: Caller,
    paging: Paging,
) -> Result<Json<Page<Session>>, ApiError> {
    let current = match &caller.credential {
        Credential::Session { id, .. } => Some(id.as_str()),
        Credential::Person(_) | Credential::Application => None,
    };
    let now = app.clock().micros();
    let mut conn = app.store().read().await?;
    let of = super::of_caller(&caller);
    Ok(Json(
        owner::running(&mut conn, &of, current, now, &paging.into()).await?,
    ))
}
