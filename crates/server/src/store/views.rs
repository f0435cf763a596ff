//! Who looked at whom: one row for each visit. `auth::visits` decides when one is written.

use eloops_api::{LookedAt, Page, View, ViewerAs};
use jiff::Timestamp;
use sqlx::{FromRow, Row, any::AnyRow};

use super::{
    Conn, Result,
    batch::{is_sqlite, placeholders, query, rows_per_statement},
    page::PageRequest,
    words::{Word, timestamp},
};
use crate::ids::new_id;

/// How long a visit is kept after its last look, in microseconds.
pub const KEPT: i64 = 90 * 24 * 3600 * 1_000_000;

/// Somebody who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer<'a> {
    /// In which network.
    pub network_id: &'a str,
    /// Member id, or the account's object id where there is no member.
    pub id: &'a str,
    /// As what they were let in.
    pub viewer_as: ViewerAs,
    /// What they look at.
    pub looked_at: LookedAt,
}

/// A visit as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Visit {
    /// Its id.
    pub id: String,
    /// Who is looked at.
    pub member_id: String,
    /// The last look that is written down, microseconds since 1970.
    pub last_at: i64,
}

/// Writes a look at each of `member_ids`: one that follows the last within `pause` microseconds, noted by whatever
/// server, goes on with that visit; the others begin one. Gives the visits, each with `now` as its last look.
///
/// # Errors
/// When the database fails.
pub async fn look(
    conn: &mut Conn,
    viewer: Viewer<'_>,
    member_ids: &[&str],
    pause: i64,
    now: Timestamp,
) -> Result<Vec<Visit>> {
    let now_micros = now.as_microsecond();
    one_server_at_a_time(conn, viewer.id).await?;
    let running: Vec<Visit> = sqlx::query_as(
        "SELECT id, member_id, last_at FROM views
         WHERE network_id = $1 AND viewer_id = $2 AND viewer_as = $3 AND looked_at = $4 AND last_at > $5
         ORDER BY last_at DESC",
    )
    .bind(viewer.network_id)
    .bind(viewer.id)
    .bind(viewer.viewer_as.word())
    .bind(viewer.looked_at.word())
    .bind(now_micros - pause)
    .fetch_all(&mut *conn)
    .await?;
    let mut visits: Vec<Visit> = Vec::with_capacity(member_ids.len());
    let mut begun = Vec::new();
    for member_id in member_ids {
        let known = running.iter().find(|visit| visit.member_id == *member_id);
        let visit = Visit {
            id: known.map_or_else(|| new_id(now), |visit| visit.id.clone()),
            member_id: (*member_id).to_owned(),
            last_at: now_micros,
        };
        if known.is_none() {
            begun.push(visit.clone());
        }
        visits.push(visit);
    }
    go_on(conn, &visits).await?;
    insert(conn, viewer, &begun).await?;
    Ok(visits)
}

/// Moves the last look of visits forward, never back.
///
/// # Errors
/// When the database fails.
pub async fn go_on(conn: &mut Conn, visits: &[Visit]) -> Result<()> {
    for chunk in visits.chunks(rows_per_statement(2)) {
        let mut update = query(format!(
            "UPDATE views SET last_at = v.column2 FROM (VALUES {}) AS v
             WHERE views.id = v.column1 AND views.last_at < v.column2",
            placeholders(conn, chunk.len(), 2)
        ));
        for visit in chunk {
            update = update.bind(visit.id.as_str()).bind(visit.last_at);
        }
        update.execute(&mut *conn).await?;
    }
    Ok(())
}

async fn insert(conn: &mut Conn, viewer: Viewer<'_>, visits: &[Visit]) -> Result<()> {
    const COLUMNS: usize = 8;
    for chunk in visits.chunks(rows_per_statement(COLUMNS)) {
        let mut insert = query(format!(
            "INSERT INTO views (id, network_id, member_id, viewer_id, viewer_as, looked_at, first_at, last_at)
             VALUES {}",
            placeholders(conn, chunk.len(), COLUMNS)
        ));
        for visit in chunk {
            insert = insert
                .bind(visit.id.as_str())
                .bind(viewer.network_id)
                .bind(visit.member_id.as_str())
                .bind(viewer.id)
                .bind(viewer.viewer_as.word())
                .bind(viewer.looked_at.word())
                .bind(visit.last_at)
                .bind(visit.last_at);
        }
        insert.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Makes another server that notes the same viewer's look wait, so that a visit has one row. SQLite has one writer
/// anyway.
async fn one_server_at_a_time(conn: &mut Conn, viewer_id: &str) -> Result<()> {
    if !is_sqlite(conn) {
        sqlx::query("SELECT 1 FROM pg_advisory_xact_lock(7403, hashtext($1))")
            .bind(viewer_id)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// The visits to a member that ended after `since` (microseconds since 1970), newest first.
///
/// # Errors
/// [`super::StoreError::BadCursor`], or when the database fails.
pub async fn list(
    conn: &mut Conn,
    member_id: &str,
    since: i64,
    request: &PageRequest,
) -> Result<Page<View>> {
    let rows: Vec<Shown> = sqlx::query_as(
        "SELECT v.id, v.viewer_as, v.looked_at, v.first_at, v.last_at, m.name, m.worker_number
         FROM views v LEFT JOIN members m ON m.id = v.viewer_id AND m.network_id = v.network_id
         WHERE v.member_id = $1 AND v.last_at > $2 AND ($3 = '' OR v.id < $3)
         ORDER BY v.id DESC LIMIT $4",
    )
    .bind(member_id)
    .bind(since)
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

/// Forgets visits whose last look was before `before` (microseconds since 1970); gives their number.
///
/// # Errors
/// When the database fails.
pub async fn prune(conn: &mut Conn, before: i64) -> Result<u64> {
    let done = sqlx::query("DELETE FROM views WHERE last_at < $1")
        .bind(before)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

struct Shown(View);

impl FromRow<'_, AnyRow> for Shown {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        let decode = |error| sqlx::Error::Decode(Box::new(error));
        let viewer_as: String = row.try_get("viewer_as")?;
        let looked_at: String = row.try_get("looked_at")?;
        Ok(Self(View {
            id: row.try_get("id")?,
            viewer_name: row.try_get("name")?,
            viewer_number: row.try_get("worker_number")?,
            viewer_as: ViewerAs::parse("views", "viewer_as", &viewer_as).map_err(decode)?,
            looked_at: LookedAt::parse("views", "looked_at", &looked_at).map_err(decode)?,
            first_at: timestamp(row.try_get("first_at")?),
            last_at: timestamp(row.try_get("last_at")?),
        }))
    }
}
