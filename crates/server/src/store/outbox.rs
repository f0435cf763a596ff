//! What happened, for whoever tells others about it. A row is written in the transaction that made it
//! happen, so it is there exactly when the change is.

use jiff::Timestamp;

use super::{
    Conn, Result,
    batch::{placeholders, query, rows_per_statement},
};
use crate::ids::new_id;

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The member's balance changed.
    Coins,
    /// The member's uploads changed.
    Uploads,
    /// What Talent shows about the member changed.
    Talent,
}

impl Topic {
    /// The word in the database, and the event's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coins => "coins",
            Self::Uploads => "uploads",
            Self::Talent => "talent",
        }
    }
}

/// Adds one row to the running transaction.
///
/// # Errors
/// When the database fails.
pub async fn append(
    conn: &mut Conn,
    network_id: &str,
    topic: Topic,
    member_id: &str,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO outbox (id, network_id, topic, member_id, created_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(new_id(now))
    .bind(network_id)
    .bind(topic.as_str())
    .bind(member_id)
    .bind(now.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Adds a row for each of many members.
///
/// # Errors
/// When the database fails.
pub async fn append_all(
    conn: &mut Conn,
    network_id: &str,
    topic: Topic,
    member_ids: &[String],
    now: Timestamp,
) -> Result<()> {
    const COLUMNS: usize = 5;
    for chunk in member_ids.chunks(rows_per_statement(COLUMNS)) {
        let mut insert = query(format!(
            "INSERT INTO outbox (id, network_id, topic, member_id, created_at) VALUES {}",
            placeholders(conn, chunk.len(), COLUMNS)
        ));
        for member_id in chunk {
            insert = insert
                .bind(new_id(now))
                .bind(network_id)
                .bind(topic.as_str())
                .bind(member_id.as_str())
                .bind(now.as_microsecond());
        }
        insert.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Drops rows older than `before` (microseconds since 1970); gives their number.
///
/// # Errors
/// When the database fails.
pub async fn prune(conn: &mut Conn, network_id: &str, before: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM outbox WHERE network_id = $1 AND created_at < $2")
        .bind(network_id)
        .bind(before)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}
