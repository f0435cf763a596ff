//! Sync runs: what was asked, where it stands, how it ended.

use eloops_api::{Counts, Direction, Page, RunState, SyncRun, Trigger};
use sqlx::{FromRow, Row, any::AnyRow};

use super::{
    Conn, Result,
    page::PageRequest,
    words::{Word, timestamp},
};

/// Records a new run; `run.id` comes from [`crate::ids::new_id`], times are microseconds since 1970.
///
/// # Errors
/// When the database fails.
pub async fn insert(conn: &mut Conn, network_id: &str, run: &SyncRun, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO sync_runs (id, network_id, direction, dry_run, worker, started_by, state, started_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&run.id)
    .bind(network_id)
    .bind(run.direction.word())
    .bind(i64::from(run.dry_run))
    .bind(&run.worker)
    .bind(run.trigger.word())
    .bind(run.state.word())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the run has its turn, and fails the runs that a stopped server left unfinished: those with an
/// older lease number, and those waiting since before `waiting_since`.
///
/// # Errors
/// When the database fails.
pub async fn begin(
    conn: &mut Conn,
    network_id: &str,
    run_id: &str,
    fencing: i64,
    now: i64,
    waiting_since: i64,
) -> Result<()> {
    sqlx::query(
        "UPDATE sync_runs SET finished_at = $1,
            state = CASE WHEN EXISTS (
                SELECT 1 FROM sync_changes
                WHERE sync_changes.run_id = sync_runs.id AND sync_changes.outcome = 'applied'
            ) THEN 'partial' ELSE 'failed' END,
            error = 'The server stopped during this run. What it had applied stays; start it again.'
         WHERE network_id = $2 AND id <> $3 AND state IN ('planning', 'applying')
           AND (fencing < $4 OR (fencing IS NULL AND started_at < $5))",
    )
    .bind(now)
    .bind(network_id)
    .bind(run_id)
    .bind(fencing)
    .bind(waiting_since)
    .execute(&mut *conn)
    .await?;
    // A run begins when its turn comes; until then it was only asked for.
    sqlx::query("UPDATE sync_runs SET fencing = $1, started_at = $2 WHERE id = $3")
        .bind(fencing)
        .bind(now)
        .bind(run_id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Writes the run's state, counts, error and, when `finished_at` is given, its end.
///
/// # Errors
/// When the database fails.
pub async fn update(conn: &mut Conn, run: &SyncRun, finished_at: Option<i64>) -> Result<()> {
    let counts = run.counts;
    sqlx::query(
        "UPDATE sync_runs SET state = $1, count_create = $2, count_update = $3, count_deactivate = $4,
            count_reactivate = $5, count_write = $6, count_skip = $7, held_because = $8, error = $9,
            finished_at = $10
         WHERE id = $11",
    )
    .bind(run.state.word())
    .bind(counts.create)
    .bind(counts.update)
    .bind(counts.deactivate)
    .bind(counts.reactivate)
    .bind(counts.write)
    .bind(counts.skip)
    .bind(&run.held_because)
    .bind(&run.error)
    .bind(finished_at)
    .bind(&run.id)
    .execute(conn)
    .await?;
    Ok(())
}

/// One run of the network.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, network_id: &str, id: &str) -> Result<Option<SyncRun>> {
    let sql = "SELECT * FROM sync_runs WHERE network_id = $1 AND id = $2";
    let run: Option<RunRow> = sqlx::query_as(sql)
        .bind(network_id)
        .bind(id)
        .fetch_optional(conn)
        .await?;
    Ok(run.map(|row| row.0))
}

/// The network's runs, newest first.
///
/// # Errors
/// [`super::StoreError::BadCursor`], or when the database fails.
pub async fn list(
    conn: &mut Conn,
    network_id: &str,
    request: &PageRequest,
) -> Result<Page<SyncRun>> {
    let rows: Vec<RunRow> = sqlx::query_as(
        "SELECT * FROM sync_runs WHERE network_id = $1 AND ($2 = '' OR id < $2)
         ORDER BY id DESC LIMIT $3",
    )
    .bind(network_id)
    .bind(request.after()?.unwrap_or_default())
    .bind(request.fetch())
    .fetch_all(conn)
    .await?;
    let page = request.page(rows, |row| row.0.id.clone());
    Ok(Page {
        items: page.items.into_iter().map(|row| row.0).collect(),
        next_cursor: page.next_cursor,
    })
}

/// When the newest full real run in this direction ended well, in microseconds since 1970.
///
/// # Errors
/// When the database fails.
pub async fn last_good(
    conn: &mut Conn,
    network_id: &str,
    direction: Direction,
) -> Result<Option<i64>> {
    let (at,): (Option<i64>,) = sqlx::query_as(
        "SELECT MAX(finished_at) FROM sync_runs
         WHERE network_id = $1 AND direction = $2 AND dry_run = 0 AND worker IS NULL AND state = 'done'",
    )
    .bind(network_id)
    .bind(direction.word())
    .fetch_one(conn)
    .await?;
    Ok(at)
}

struct RunRow(SyncRun);

impl FromRow<'_, AnyRow> for RunRow {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        fn word<T: Word>(
            row: &AnyRow,
            column: &'static str,
        ) -> std::result::Result<T, sqlx::Error> {
            let word: String = row.try_get(column)?;
            T::parse("sync_runs", column, &word)
                .map_err(|error| sqlx::Error::Decode(Box::new(error)))
        }
        let dry_run: i64 = row.try_get("dry_run")?;
        let finished_at: Option<i64> = row.try_get("finished_at")?;
        Ok(Self(SyncRun {
            id: row.try_get("id")?,
            direction: word::<Direction>(row, "direction")?,
            dry_run: dry_run != 0,
            worker: row.try_get("worker")?,
            trigger: word::<Trigger>(row, "started_by")?,
            state: word::<RunState>(row, "state")?,
            counts: Counts {
                create: row.try_get("count_create")?,
                update: row.try_get("count_update")?,
                deactivate: row.try_get("count_deactivate")?,
                reactivate: row.try_get("count_reactivate")?,
                write: row.try_get("count_write")?,
                skip: row.try_get("count_skip")?,
            },
            held_because: row.try_get("held_because")?,
            error: row.try_get("error")?,
            started_at: timestamp(row.try_get("started_at")?),
            finished_at: finished_at.map(timestamp),
        }))
    }
}
