//! A run's changes: one worker's part each, in the order of the plan.

use eloops_api::{Action, FieldChange, Outcome, Page, SyncChange};
use sqlx::{FromRow, Row, any::AnyRow};

use super::{
    Conn, Result, StoreError,
    batch::{placeholders, query, rows_per_statement},
    page::PageRequest,
    words::Word,
};

const COLUMNS: usize = 8;

/// Adds changes in bulk; the first one gets the number `first_seq`.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    conn: &mut Conn,
    network_id: &str,
    run_id: &str,
    first_seq: i64,
    changes: &[SyncChange],
) -> Result<()> {
    let mut seq = first_seq;
    for rows in changes.chunks(rows_per_statement(COLUMNS)) {
        let mut insert = query(format!(
            "INSERT INTO sync_changes
                (run_id, seq, network_id, worker_number, action, fields, reason, outcome) VALUES {}",
            placeholders(conn, rows.len(), COLUMNS)
        ));
        for change in rows {
            insert = insert
                .bind(run_id)
                .bind(seq)
                .bind(network_id)
                .bind(change.worker_number.as_str())
                .bind(change.action.word())
                .bind(fields_json(&change.fields))
                .bind(change.reason.as_deref())
                .bind(change.outcome.word());
            seq += 1;
        }
        insert.execute(&mut *conn).await?;
    }
    Ok(())
}

/// The planned changes from `first` to `last` were carried out.
///
/// # Errors
/// When the database fails.
pub async fn mark_applied(conn: &mut Conn, run_id: &str, first: i64, last: i64) -> Result<()> {
    sqlx::query(
        "UPDATE sync_changes SET outcome = 'applied'
         WHERE run_id = $1 AND seq >= $2 AND seq <= $3 AND outcome = 'planned'",
    )
    .bind(run_id)
    .bind(first)
    .bind(last)
    .execute(conn)
    .await?;
    Ok(())
}

/// A planned change was refused; the reason joins the one it may have.
///
/// # Errors
/// When the database fails.
pub async fn fail(conn: &mut Conn, run_id: &str, seq: i64, reason: &str) -> Result<()> {
    sqlx::query(
        "UPDATE sync_changes SET outcome = 'failed',
            reason = CASE WHEN reason IS NULL THEN $1 ELSE reason || '; ' || $1 END
         WHERE run_id = $2 AND seq = $3",
    )
    .bind(reason)
    .bind(run_id)
    .bind(seq)
    .execute(conn)
    .await?;
    Ok(())
}

/// Drops what repeats itself in every scheduled run: skips in runs that started before `before`
/// (microseconds since 1970). What was done stays for good.
///
/// # Errors
/// When the database fails.
pub async fn prune_skips(conn: &mut Conn, network_id: &str, before: i64) -> Result<u64> {
    let done = sqlx::query(
        "DELETE FROM sync_changes WHERE action = 'skip' AND run_id IN (
            SELECT id FROM sync_runs
            WHERE network_id = $1 AND started_by = 'schedule' AND started_at < $2)",
    )
    .bind(network_id)
    .bind(before)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// Which changes a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Only this action.
    pub action: Option<Action>,
    /// Only this worker.
    pub worker_number: Option<String>,
}

/// A run's changes in the order of the plan.
///
/// # Errors
/// [`StoreError::BadCursor`], or when the database fails.
pub async fn list(
    conn: &mut Conn,
    run_id: &str,
    filter: &ChangeFilter,
    request: &PageRequest,
) -> Result<Page<SyncChange>> {
    let after = match request.after()? {
        Some(key) => key.parse().map_err(|_| StoreError::BadCursor)?,
        None => -1_i64,
    };
    let rows: Vec<ChangeRow> = sqlx::query_as(
        "SELECT seq, worker_number, action, fields, reason, outcome FROM sync_changes
         WHERE run_id = $1 AND seq > $2 AND ($3 = '' OR action = $3) AND ($4 = '' OR worker_number = $4)
         ORDER BY seq LIMIT $5",
    )
    .bind(run_id)
    .bind(after)
    .bind(filter.action.map(Word::word).unwrap_or_default())
    .bind(filter.worker_number.as_deref().unwrap_or_default())
    .bind(request.fetch())
    .fetch_all(conn)
    .await?;
    let page = request.page(rows, |row| row.seq.to_string());
    Ok(Page {
        items: page.items.into_iter().map(|row| row.change).collect(),
        next_cursor: page.next_cursor,
    })
}

fn fields_json(fields: &[FieldChange]) -> String {
    // Text and options always serialize; an empty list is the only honest stand-in.
    serde_json::to_string(fields).unwrap_or_else(|_| "[]".to_owned())
}

struct ChangeRow {
    seq: i64,
    change: SyncChange,
}

impl FromRow<'_, AnyRow> for ChangeRow {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        fn decode(error: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
            sqlx::Error::Decode(Box::new(error))
        }
        let action: String = row.try_get("action")?;
        let outcome: String = row.try_get("outcome")?;
        let fields: String = row.try_get("fields")?;
        Ok(Self {
            seq: row.try_get("seq")?,
            change: SyncChange {
                worker_number: row.try_get("worker_number")?,
                action: Action::parse("sync_changes", "action", &action).map_err(decode)?,
                fields: serde_json::from_str(&fields).map_err(decode)?,
                reason: row.try_get("reason")?,
                outcome: Outcome::parse("sync_changes", "outcome", &outcome).map_err(decode)?,
            },
        })
    }
}
