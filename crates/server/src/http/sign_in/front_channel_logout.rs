use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::auth::random::sha256;
use crate::auth::session;
use crate::http::{App, Space};
use crate::store::{pairings, sessions};

#[derive(Deserialize)]
pub(super) struct Ended {
    iss: Option<String>,
    sid: Option<String>,
}

/// `GET /auth/front-channel-logout?iss=…&sid=…`: Microsoft's sign-out page loads it in a hidden frame (OpenID
/// Connect Front-Channel Logout §2). Ends the sessions that began with that session of Microsoft's.
///
/// Answers 200 whatever happens: there is nobody to tell. Entra is seen to leave `iss` out
/// (nginx-openid-connect, issue 117); where it stands, it has to be the network's. A `sid` is not to be guessed, and
/// all that it can do here is sign somebody out. The answer is empty and, as all of the sign-in's, not to be shown in
/// a frame: what counts is that it was asked for.
pub(super) async fn front_channel_logout(
    State(app): State<App>,
    ended: Result<Query<Ended>, QueryRejection>,
) -> StatusCode {
    if let Ok(Query(Ended {
        iss,
        sid: Some(sid),
    })) = ended
        && !sid.is_empty()
    {
        for space in app.spaces() {
            if let Err(reason) = end(&app, space, iss.as_deref(), &sid).await {
                tracing::error!(reason, "a sign-out at Microsoft could not be followed here");
            }
        }
    }
    StatusCode::OK
}

async fn end(app: &App, space: &Space, iss: Option<&str>, sid: &str) -> Result<(), String> {
    if let Some(iss) = iss {
        let metadata = space.authority.metadata().await?;
        if metadata.issuer_of(&space.config.entra.tenant) != iss {
            return Ok(());
        }
    }
    let sid_hash = sha256(sid);
    let done = async {
        let mut tx = app.store().write().await?;
        pairings::end_of_sid(&mut tx, &space.id, &sid_hash).await?;
        let ended = sessions::end_of_sid(&mut tx, &space.id, &sid_hash).await?;
        tx.commit().await?;
        crate::store::Result::Ok(ended)
    };
    for id in done.await.map_err(|error| error.to_string())? {
        session::forget(app, &id);
    }
    Ok(())
}
