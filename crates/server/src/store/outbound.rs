//! What the outbound sync needs to know of every member, and what it notes about Talent's fields.

use futures_util::TryStreamExt;
use sqlx::Row;
use uuid::Uuid;

use super::{
    Conn, Result, StoreError,
    batch::{placeholders, query, rows_per_statement},
    links::Link,
};

/// A member's figures, and what Talent is known to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// `PersonnelNumber`.
    pub number: Box<str>,
    /// The member.
    pub id: Uuid,
    /// The balance.
    pub coins: i64,
    /// Visible uploads.
    pub uploads: i64,
    /// Talent's side; none before the first outbound run.
    pub link: Option<Link>,
    /// Values of a write whose answer was never noted.
    pub sent: (Option<i64>, Option<i64>),
}

/// The figures of every member who has not left, or of one.
///
/// # Errors
/// When the database fails.
pub async fn figures(
    conn: &mut Conn,
    network_id: &str,
    only: Option<&str>,
) -> Result<Vec<Figures>> {
    let mut rows = sqlx::query(
        "SELECT m.worker_number, m.id,
            CAST(COALESCE(c.balance, 0) AS BIGINT), CAST(COALESCE(u.visible, 0) AS BIGINT),
            l.member_id, l.talent_coins, l.talent_uploads, l.last_written_coins,
            l.last_written_uploads, l.written_at, l.sent_coins, l.sent_uploads
         FROM members m
         LEFT JOIN (SELECT member_id, SUM(amount) AS balance FROM coin_transactions
                    WHERE network_id = $1 GROUP BY member_id) c ON c.member_id = m.id
         LEFT JOIN (SELECT member_id, COUNT(*) AS visible FROM uploads
                    WHERE network_id = $1 AND state = 'visible' GROUP BY member_id) u
            ON u.member_id = m.id
         LEFT JOIN worker_links l ON l.member_id = m.id
         WHERE m.network_id = $1 AND m.status <> 'inactive' AND ($2 = '' OR m.worker_number = $2)",
    )
    .bind(network_id)
    .bind(only.unwrap_or_default())
    .fetch(conn);
    let mut figures = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let id: &str = row.try_get(1)?;
        let linked: Option<&str> = row.try_get(4)?;
        let link = match linked {
            None => None,
            Some(_) => Some(Link {
                talent_coins: row.try_get(5)?,
                talent_uploads: row.try_get(6)?,
                last_written_coins: row.try_get(7)?,
                last_written_uploads: row.try_get(8)?,
                written_at: row.try_get(9)?,
            }),
        };
        figures.push(Figures {
            number: row.try_get::<&str, _>(0)?.into(),
            id: Uuid::parse_str(id).map_err(|_| StoreError::Inconsistent {
                table: "members",
                column: "id",
                value: id.to_owned(),
            })?,
            coins: row.try_get(2)?,
            uploads: row.try_get(3)?,
            link,
            sent: (row.try_get(10)?, row.try_get(11)?),
        });
    }
    Ok(figures)
}

/// What is known of Talent's fields of one member from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// The member.
    pub member_id: Uuid,
    /// The whole new row.
    pub link: Link,
    /// Values of a write that is about to be sent; none once its answer is noted.
    pub sent: (Option<i64>, Option<i64>),
}

const COLUMNS: usize = 10;

/// Writes links in bulk; `now` in microseconds since 1970.
///
/// # Errors
/// When the database fails.
pub async fn upsert(conn: &mut Conn, network_id: &str, links: &[NewLink], now: i64) -> Result<()> {
    for chunk in links.chunks(rows_per_statement(COLUMNS)) {
        let mut upsert = query(format!(
            "INSERT INTO worker_links (member_id, network_id, talent_coins, talent_uploads, read_at,
                last_written_coins, last_written_uploads, written_at, sent_coins, sent_uploads)
             VALUES {}
             ON CONFLICT (member_id) DO UPDATE SET
                talent_coins = excluded.talent_coins, talent_uploads = excluded.talent_uploads,
                read_at = excluded.read_at, last_written_coins = excluded.last_written_coins,
                last_written_uploads = excluded.last_written_uploads,
                written_at = excluded.written_at, sent_coins = excluded.sent_coins,
                sent_uploads = excluded.sent_uploads",
            placeholders(conn, chunk.len(), COLUMNS)
        ));
        for NewLink {
            member_id,
            link,
            sent,
        } in chunk
        {
            upsert = upsert
                .bind(member_id.to_string())
                .bind(network_id)
                .bind(link.talent_coins)
                .bind(link.talent_uploads)
                .bind(now)
                .bind(link.last_written_coins)
                .bind(link.last_written_uploads)
                .bind(link.written_at)
                .bind(sent.0)
                .bind(sent.1);
        }
        upsert.execute(&mut *conn).await?;
    }
    Ok(())
}
