//! The coin ledger's lines. They are only ever added; triggers in the database refuse the rest.

use eloops_api::{CoinTransaction, CoinTransactionKind, Coins, Page};
use jiff::Timestamp;
use sqlx::{FromRow, Row, any::AnyRow};

use super::{
    Conn, Result,
    members::MemberRow,
    outbox::{self, Topic},
    page::PageRequest,
    words::{Word, timestamp},
};
use crate::ledger::{self, LedgerError};

/// One line to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine<'a> {
    /// Its id, from [`crate::ids::new_id`].
    pub id: &'a str,
    /// Coins, positive or negative.
    pub amount: i64,
    /// Why, in words for the member.
    pub reason: &'a str,
    /// Who enters it.
    pub entered_by: Option<&'a str>,
}

/// Both sums of one member.
///
/// # Errors
/// When the database fails.
pub async fn totals(conn: &mut Conn, member_id: &str) -> Result<Coins> {
    let (balance, earned_total): (i64, i64) = sqlx::query_as(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT),
                CAST(COALESCE(SUM(CASE WHEN kind = 'adjustment' THEN 0 ELSE amount END), 0) AS BIGINT)
         FROM coin_transactions WHERE member_id = $1",
    )
    .bind(member_id)
    .fetch_one(conn)
    .await?;
    Ok(Coins {
        balance,
        earned_total,
    })
}

/// Enters an administrator's award or correction, with its outbox row, into the running transaction.
///
/// # Errors
/// The outer error when the database fails, the inner one when a rule refuses the entry; then nothing
/// was written.
pub async fn enter(
    conn: &mut Conn,
    member: &MemberRow,
    line: NewLine<'_>,
    now: Timestamp,
) -> Result<std::result::Result<CoinTransaction, LedgerError>> {
    lock_member(conn, &member.id).await?;
    let before = totals(conn, &member.id).await?.balance;
    let kind = match ledger::entry(line.amount, line.reason, member.status, before) {
        Ok(kind) => kind,
        Err(refused) => return Ok(Err(refused)),
    };
    append(conn, &member.network_id, &member.id, kind, &line, None, now).await?;
    outbox::append(conn, &member.network_id, Topic::Coins, &member.id, now).await?;
    Ok(Ok(CoinTransaction {
        id: line.id.to_owned(),
        kind,
        amount: line.amount,
        balance: before + line.amount,
        reason: line.reason.trim().to_owned(),
        upload_id: None,
        created_at: timestamp(now.as_microsecond()),
    }))
}

/// One line by its id, with the balance after it.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, network_id: &str, id: &str) -> Result<Option<CoinTransaction>> {
    let line: Option<Line> = sqlx::query_as(
        "SELECT t.id, t.kind, t.amount, t.reason, t.upload_id, t.created_at,
                CAST((SELECT SUM(amount) FROM coin_transactions e WHERE e.member_id = t.member_id
                      AND (e.created_at < t.created_at OR (e.created_at = t.created_at AND e.id <= t.id)))
                     AS BIGINT) AS balance
         FROM coin_transactions t WHERE t.network_id = $1 AND t.id = $2",
    )
    .bind(network_id)
    .bind(id)
    .fetch_optional(conn)
    .await?;
    Ok(line.map(|line| line.0))
}

/// A member's lines, newest first, each with the balance after it.
///
/// # Errors
/// [`super::StoreError::BadCursor`], or when the database fails.
pub async fn list(
    conn: &mut Conn,
    member_id: &str,
    request: &PageRequest,
) -> Result<Page<CoinTransaction>> {
    let after = request.after()?;
    let rows: Vec<Line> = sqlx::query_as(
        "SELECT * FROM (
            SELECT id, kind, amount, reason, upload_id, created_at,
                   CAST(SUM(amount) OVER (ORDER BY created_at, id) AS BIGINT) AS balance
            FROM coin_transactions WHERE member_id = $1) AS lines
         WHERE $2 = '' OR created_at < (SELECT created_at FROM coin_transactions WHERE id = $2)
            OR (created_at = (SELECT created_at FROM coin_transactions WHERE id = $2) AND id < $2)
         ORDER BY created_at DESC, id DESC LIMIT $3",
    )
    .bind(member_id)
    .bind(after.unwrap_or_default())
    .bind(request.fetch())
    .fetch_all(conn)
    .await?;
    let page = request.page(rows, |line| line.0.id.clone());
    Ok(Page {
        items: page.items.into_iter().map(|line| line.0).collect(),
        next_cursor: page.next_cursor,
    })
}

/// Adds a line as it is; callers have asked the rules.
pub(super) async fn append(
    conn: &mut Conn,
    network_id: &str,
    member_id: &str,
    kind: CoinTransactionKind,
    line: &NewLine<'_>,
    upload_id: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO coin_transactions
            (id, network_id, member_id, kind, amount, reason, upload_id, entered_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(line.id)
    .bind(network_id)
    .bind(member_id)
    .bind(kind.word())
    .bind(line.amount)
    .bind(line.reason.trim())
    .bind(upload_id)
    .bind(line.entered_by)
    .bind(now.as_microsecond())
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes a second entry for the same member wait, so that both see the true balance.
pub(super) async fn lock_member(conn: &mut Conn, member_id: &str) -> Result<()> {
    sqlx::query("UPDATE members SET id = id WHERE id = $1")
        .bind(member_id)
        .execute(conn)
        .await?;
    Ok(())
}

struct Line(CoinTransaction);

impl FromRow<'_, AnyRow> for Line {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        let kind: String = row.try_get("kind")?;
        Ok(Self(CoinTransaction {
            id: row.try_get("id")?,
            kind: CoinTransactionKind::parse("coin_transactions", "kind", &kind)
                .map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            amount: row.try_get("amount")?,
            balance: row.try_get("balance")?,
            reason: row.try_get("reason")?,
            upload_id: row.try_get("upload_id")?,
            created_at: timestamp(row.try_get("created_at")?),
        }))
    }
}
