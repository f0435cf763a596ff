//! Sessions of the paired sign-in, and the bearers that each has in turn, by their hash.

pub mod owner;

use sqlx::FromRow;

use super::{Conn, Result};

/// A session, from the sign-in to its end. Times are microseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SessionRow {
    /// Its id; no bearer.
    pub id: String,
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
    /// Hash of Microsoft's session, where the id token named it.
    pub sid_hash: Option<String>,
    /// When it began.
    pub created_at: i64,
    /// When it ends, however often it is renewed.
    pub expires_at: i64,
}

/// One bearer of a session.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BearerRow {
    /// SHA-256 of the bearer, base64url.
    pub token_hash: String,
    /// Whose it is.
    pub session_id: String,
    /// When it ends.
    pub expires_at: i64,
    /// When a newer one took its place; none for the newest.
    pub replaced_at: Option<i64>,
}

/// A renewal: what takes the place of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Renewal<'a> {
    /// The session.
    pub id: &'a str,
    /// JSON list of app roles from now on.
    pub roles: &'a str,
    /// The user's tokens from now on, sealed; none where they stay.
    pub tokens: Option<&'a str>,
    /// Hash of the bearer that asked.
    pub old: &'a str,
    /// When that one ends at the latest.
    pub old_until: i64,
    /// Hash of the bearer in its place.
    pub new: &'a str,
    /// When that one ends.
    pub new_until: i64,
    /// Now.
    pub now: i64,
}

/// Begins a session with its first bearer, which ends at `bearer_until`.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    conn: &mut Conn,
    session: &SessionRow,
    bearer_hash: &str,
    bearer_until: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO sessions
            (id, network_id, member_id, object_id, roles, tokens, sid_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&session.id)
    .bind(&session.network_id)
    .bind(&session.member_id)
    .bind(&session.object_id)
    .bind(&session.roles)
    .bind(&session.tokens)
    .bind(&session.sid_hash)
    .bind(session.created_at)
    .bind(session.expires_at)
    .execute(&mut *conn)
    .await?;
    add_bearer(conn, &session.id, bearer_hash, bearer_until).await
}

async fn add_bearer(conn: &mut Conn, id: &str, hash: &str, until: i64) -> Result<()> {
    let sql =
        "INSERT INTO session_bearers (token_hash, session_id, expires_at) VALUES ($1, $2, $3)";
    sqlx::query(sql)
        .bind(hash)
        .bind(id)
        .bind(until)
        .execute(conn)
        .await?;
    Ok(())
}

/// The session of a bearer, unless one of the two has ended.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, token_hash: &str, now: i64) -> Result<Option<SessionRow>> {
    Ok(sqlx::query_as(
        "SELECT sessions.* FROM sessions JOIN session_bearers b ON b.session_id = sessions.id
         WHERE b.token_hash = $1 AND b.expires_at > $2 AND sessions.expires_at > $2",
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(conn)
    .await?)
}

/// A bearer with its session, also when they have ended.
///
/// # Errors
/// When the database fails.
pub async fn bearer(conn: &mut Conn, token_hash: &str) -> Result<Option<(BearerRow, SessionRow)>> {
    let bearer: Option<BearerRow> =
        sqlx::query_as("SELECT * FROM session_bearers WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(&mut *conn)
            .await?;
    let Some(bearer) = bearer else {
        return Ok(None);
    };
    let session: Option<SessionRow> = sqlx::query_as("SELECT * FROM sessions WHERE id = $1")
        .bind(&bearer.session_id)
        .fetch_optional(conn)
        .await?;
    Ok(session.map(|session| (bearer, session)))
}

/// Puts a new bearer in the place of the newest one. Of many at once exactly one goes through; false for the others,
/// and when the session has ended meanwhile. Commit only what is true.
///
/// # Errors
/// When the database fails.
pub async fn renew(conn: &mut Conn, renewal: &Renewal<'_>) -> Result<bool> {
    // The session first: whoever ends it takes the same rows in the same order.
    let found =
        sqlx::query("UPDATE sessions SET roles = $2, tokens = COALESCE($3, tokens) WHERE id = $1")
            .bind(renewal.id)
            .bind(renewal.roles)
            .bind(renewal.tokens)
            .execute(&mut *conn)
            .await?;
    if found.rows_affected() == 0 {
        return Ok(false);
    }
    let replaced = sqlx::query(
        "UPDATE session_bearers SET replaced_at = $2,
                expires_at = CASE WHEN expires_at < $3 THEN expires_at ELSE $3 END
         WHERE token_hash = $1 AND replaced_at IS NULL AND expires_at > $2",
    )
    .bind(renewal.old)
    .bind(renewal.now)
    .bind(renewal.old_until)
    .execute(&mut *conn)
    .await?;
    if replaced.rows_affected() == 0 {
        return Ok(false);
    }
    add_bearer(conn, renewal.id, renewal.new, renewal.new_until).await?;
    Ok(true)
}

/// Replaces the user's sealed tokens.
///
/// # Errors
/// When the database fails.
pub async fn set_tokens(conn: &mut Conn, id: &str, tokens: &str) -> Result<()> {
    sqlx::query("UPDATE sessions SET tokens = $1 WHERE id = $2")
        .bind(tokens)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a session with all of its bearers, and with it the user's tokens.
///
/// # Errors
/// When the database fails.
pub async fn end(conn: &mut Conn, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM sessions WHERE id = $1")
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends what began with one session of Microsoft's; gives the ids.
///
/// # Errors
/// When the database fails.
pub async fn end_of_sid(conn: &mut Conn, network_id: &str, sid_hash: &str) -> Result<Vec<String>> {
    let sql = "DELETE FROM sessions WHERE network_id = $1 AND sid_hash = $2 RETURNING id";
    let ended: Vec<(String,)> = sqlx::query_as(sql)
        .bind(network_id)
        .bind(sid_hash)
        .fetch_all(conn)
        .await?;
    Ok(ended.into_iter().map(|(id,)| id).collect())
}

/// Forgets sessions that are over at `now`, also those whose newest bearer nobody renewed; gives their number.
///
/// # Errors
/// When the database fails.
pub async fn prune(conn: &mut Conn, now: i64) -> Result<u64> {
    let done = sqlx::query(
        "DELETE FROM sessions WHERE expires_at <= $1 OR NOT EXISTS
            (SELECT 1 FROM session_bearers b WHERE b.session_id = sessions.id AND b.expires_at > $1)",
    )
    .bind(now)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}
