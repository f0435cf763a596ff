use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};

use crate::auth::principal::SESSION_PREFIX;
use crate::auth::random::sha256;
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::store::sessions;

/// `POST /auth/sign-out` with the session as bearer: ends it, and drops the user's tokens with it. A session that
/// has ended before is fine too.
pub(super) async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    let session = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, bearer)| bearer.trim())
        .filter(|bearer| bearer.starts_with(SESSION_PREFIX));
    let Some(session) = session else {
        return Err(ApiError::new(
            StatusCode::UNAUTHORIZED,
            "unauthenticated",
            "Send the session to end as Authorization: Bearer.",
        ));
    };
    let hash = sha256(session);
    let mut tx = app.store().write().await?;
    sessions::delete(&mut tx, &hash).await?;
    tx.commit().await?;
    for space in app.spaces() {
        space.user_tokens.forget_session(&hash);
    }
    Ok(StatusCode::NO_CONTENT)
}
