//! Sessions of the paired sign-in, by the hash of their token.

use sqlx::FromRow;

use super::{Conn, Result};

/// A session. Times are microseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    /// SHA-256 of the bearer, base64url.
    pub token_hash: String,
    /// Where the person signed in.
    pub network_id: String,
    /// Whose it is; none for an administrator who is no member.
    pub member_id: Option<String>,
    /// Entra object id.
    pub object_id: String,
    /// JSON list of app roles.
    pub roles: String,
    /// The user's tokens, sealed.
    pub tokens: Option<String>,
    /// When it began.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: i64,
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub async fn insert(conn: &mut Conn, session: &SessionRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO sessions
            (token_hash, network_id, member_id, object_id, roles, tokens, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&session.token_hash)
    .bind(&session.network_id)
    .bind(&session.member_id)
    .bind(&session.object_id)
    .bind(&session.roles)
    .bind(&session.tokens)
    .bind(session.created_at)
    .bind(session.expires_at)
    .execute(conn)
    .await?;
    Ok(())
}

/// The session of a token, unless it has ended.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, token_hash: &str, now: i64) -> Result<Option<SessionRow>> {
    let sql = "SELECT * FROM sessions WHERE token_hash = $1 AND expires_at > $2";
    Ok(sqlx::query_as(sql)
        .bind(token_hash)
        .bind(now)
        .fetch_optional(conn)
        .await?)
}

/// Replaces the user's sealed tokens, after a refresh.
///
/// # Errors
/// When the database fails.
pub async fn set_tokens(conn: &mut Conn, token_hash: &str, tokens: &str) -> Result<()> {
    sqlx::query("UPDATE sessions SET tokens = $1 WHERE token_hash = $2")
        .bind(tokens)
        .bind(token_hash)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a session, and with it the user's tokens.
///
/// # Errors
/// When the database fails.
pub async fn delete(conn: &mut Conn, token_hash: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(token_hash)
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets sessions that ended before `before`; gives their number.
///
/// # Errors
/// When the database fails.
pub async fn prune(conn: &mut Conn, before: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM sessions WHERE expires_at < $1")
        .bind(before)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
