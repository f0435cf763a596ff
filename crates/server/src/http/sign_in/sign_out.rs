use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use eloops_api::SignOutAnswer;

use super::{bearer, microsoft_sign_out};
use crate::auth::random::sha256;
use crate::auth::session;
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::store::sessions;

/// `POST /auth/sign-out` with the session as bearer: ends it, whichever of its bearers this is, and drops the user's
/// tokens. A session that has ended before is fine too. Microsoft is not asked; the answer names the page that signs
/// out there.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Json<SignOutAnswer>, ApiError> {
    let hash = sha256(bearer::of(&headers)?);
    let mut tx = app.store().write().await?;
    let found = sessions::bearer(&mut tx, &hash).await?;
    if let Some((_, row)) = &found {
        sessions::end(&mut tx, &row.id).await?;
        tx.commit().await?;
        session::forget(&app, &row.id);
        tracing::info!(
            network = %row.network_id,
            by = row.member_id.as_ref().unwrap_or(&row.object_id),
            session = %row.id,
            "a session was signed out"
        );
    }
    let network = found.as_ref().map(|(_, row)| &*row.network_id);
    Ok(Json(SignOutAnswer {
        microsoft_sign_out: microsoft_sign_out::link(&app, network),
    }))
}
