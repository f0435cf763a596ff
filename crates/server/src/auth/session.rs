//! How sessions of the paired sign-in end before their time.

use super::pairing::GRACE_SECONDS;
use crate::http::App;
use crate::store::Result;
use crate::store::sessions::{self, BearerRow, SessionRow};

/// Ends a session with all of its bearers, and drops the user's tokens.
///
/// # Errors
/// When the database fails.
pub async fn end(app: &App, session: &SessionRow) -> Result<()> {
    let mut tx = app.store().write().await?;
    sessions::end(&mut tx, &session.id).await?;
    tx.commit().await?;
    forget(app, &session.id);
    Ok(())
}

/// Drops the tokens for Talent that are held in memory for a session.
pub fn forget(app: &App, session_id: &str) {
    for space in app.spaces() {
        space.user_tokens.forget_session(session_id);
    }
}

/// Whether a bearer comes back though another took its place and its grace is over: whoever got the other one, it was
/// not the one who asks now, and one of the two holds a copy (RFC 9700 §4.14.2).
#[must_use]
pub fn is_copied(bearer: &BearerRow, now: i64) -> bool {
    bearer
        .replaced_at
        .is_some_and(|at| at + GRACE_SECONDS * 1_000_000 <= now)
}

/// Ends a session of which somebody holds a copy.
///
/// # Errors
/// When the database fails.
pub async fn end_copied(app: &App, session: &SessionRow) -> Result<()> {
    tracing::warn!(
        member = session.member_id.as_deref(),
        "a replaced bearer came back: somebody holds a copy, the session was ended"
    );
    end(app, session).await
}

/// For a bearer that is not valid: [`end_copied`] where [`is_copied`].
///
/// # Errors
/// When the database fails.
pub async fn end_if_copied(app: &App, bearer_hash: &str, now: i64) -> Result<()> {
    let mut conn = app.store().read().await?;
    let found = sessions::bearer(&mut conn, bearer_hash).await?;
    drop(conn);
    match found {
        Some((bearer, session)) if is_copied(&bearer, now) => end_copied(app, &session).await,
        _ => Ok(()),
    }
}
