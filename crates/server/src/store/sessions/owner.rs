//! The sessions of one person, listed and ended together.

use eloops_api::{Page, Session};
use sqlx::FromRow;

use crate::store::page::PageRequest;
use crate::store::words::timestamp;
use crate::store::{Conn, Result};

/// Whose sessions and sign-ins: the member's, and the account's own. An administrator who is no member has the account
/// alone; a session that began before the membership has it, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner<'a> {
    /// In which network.
    pub network_id: &'a str,
    /// The member, where there is one.
    pub member_id: Option<&'a str>,
    /// Entra object id, where there is one.
    pub object_id: Option<&'a str>,
}

#[derive(FromRow)]
struct Running {
    id: String,
    created_at: i64,
    renewed_at: i64,
    expires_at: i64,
}

/// The sessions that run at `now`, newest first; `current` is the one that asks.
///
/// # Errors
/// [`crate::store::StoreError::BadCursor`], or when the database fails.
pub async fn running(
    conn: &mut Conn,
    owner: &Owner<'_>,
    current: Option<&str>,
    now: i64,
    request: &PageRequest,
) -> Result<Page<Session>> {
    let rows: Vec<Running> = sqlx::query_as(
        "SELECT s.id, s.created_at, s.expires_at,
                CAST(COALESCE((SELECT MAX(b.replaced_at) FROM session_bearers b WHERE b.session_id = s.id),
                              s.created_at) AS BIGINT) AS renewed_at
         FROM sessions s
         WHERE s.network_id = $1 AND (s.member_id = $2 OR s.object_id = $3) AND s.expires_at > $4
           AND EXISTS (SELECT 1 FROM session_bearers b WHERE b.session_id = s.id AND b.expires_at > $4)
           AND ($5 = '' OR s.id < $5)
         ORDER BY s.id DESC LIMIT $6",
    )
    .bind(owner.network_id)
    .bind(owner.member_id)
    .bind(owner.object_id)
    .bind(now)
    .bind(request.after()?.unwrap_or_default())
    .bind(request.fetch())
    .fetch_all(conn)
    .await?;
    let page = request.page(rows, |row| row.id.clone());
    let shown = |row: Running| Session {
        started_at: timestamp(row.created_at),
        renewed_at: timestamp(row.renewed_at),
        ends_at: timestamp(row.expires_at),
        current: current == Some(row.id.as_str()),
        id: row.id,
    };
    Ok(Page {
        items: page.items.into_iter().map(shown).collect(),
        next_cursor: page.next_cursor,
    })
}

/// Ends one session of the owner's with its bearers and the user's tokens; false when the owner has none of this id.
///
/// # Errors
/// When the database fails.
pub async fn end(conn: &mut Conn, owner: &Owner<'_>, id: &str) -> Result<bool> {
    let sql = "DELETE FROM sessions
               WHERE network_id = $1 AND (member_id = $2 OR object_id = $3) AND id = $4";
    let done = sqlx::query(sql)
        .bind(owner.network_id)
        .bind(owner.member_id)
        .bind(owner.object_id)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of the owner's with their bearers and the user's tokens; gives their ids.
///
/// # Errors
/// When the database fails.
pub async fn end_all(conn: &mut Conn, owner: &Owner<'_>) -> Result<Vec<String>> {
    let sql = "DELETE FROM sessions
               WHERE network_id = $1 AND (member_id = $2 OR object_id = $3) RETURNING id";
    let ended: Vec<(String,)> = sqlx::query_as(sql)
        .bind(owner.network_id)
        .bind(owner.member_id)
        .bind(owner.object_id)
        .fetch_all(conn)
        .await?;
    Ok(ended.into_iter().map(|(id,)| id).collect())
}
