//! Members: reading, searching, and the first sign-in. What the sync does stands in
//! [`super::member_sync`].

use eloops_api::{Member, MemberStatus, Page};
use sqlx::{FromRow, Row, any::AnyRow};

use super::{
    Conn, Result,
    page::PageRequest,
    words::{Word, timestamp},
};

/// A member as the database has it. Times are microseconds since 1970, days `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// Opaque id.
    pub id: String,
    /// Whose member it is.
    pub network_id: String,
    /// Talent's `PersonnelNumber`.
    pub worker_number: String,
    /// Entra object id, lower case: who signs in as this member.
    pub object_id: Option<String>,
    /// Talent's `PartyNumber`, the key of the portrait.
    pub party_number: Option<String>,
    /// Display name.
    pub name: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Contact e-mail.
    pub email: Option<String>,
    /// Contact phone.
    pub phone: Option<String>,
    /// Where the membership stands.
    pub status: MemberStatus,
    /// Department's name.
    pub department: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// The manager's personnel number as Talent has it.
    pub manager_number: Option<String>,
    /// The manager, where the line is whole.
    pub manager_id: Option<String>,
    /// Why the line above is broken: `loop`, `orphan` (the manager is no member), `no_position`,
    /// `unknown_position`, `vacant`.
    pub line_problem: Option<String>,
    /// Talent's `WorkerStatus`.
    pub worker_status: String,
    /// Talent's `WorkerType`.
    pub worker_type: Option<String>,
    /// First day of the present employment.
    pub employment_start: Option<String>,
    /// Last day of it; none while open-ended.
    pub employment_end: Option<String>,
    /// First sign-in.
    pub joined_at: Option<i64>,
    /// When access ended.
    pub deactivated_at: Option<i64>,
    /// When a sync last changed the row.
    pub synced_at: i64,
}

impl FromRow<'_, AnyRow> for MemberRow {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        let status: String = row.try_get("status")?;
        Ok(Self {
            id: row.try_get("id")?,
            network_id: row.try_get("network_id")?,
            worker_number: row.try_get("worker_number")?,
            object_id: row.try_get("object_id")?,
            party_number: row.try_get("party_number")?,
            name: row.try_get("name")?,
            first_name: row.try_get("first_name")?,
            last_name: row.try_get("last_name")?,
            email: row.try_get("email")?,
            phone: row.try_get("phone")?,
            status: MemberStatus::parse("members", "status", &status)
                .map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            department: row.try_get("department")?,
            title: row.try_get("title")?,
            manager_number: row.try_get("manager_number")?,
            manager_id: row.try_get("manager_id")?,
            line_problem: row.try_get("line_problem")?,
            worker_status: row.try_get("worker_status")?,
            worker_type: row.try_get("worker_type")?,
            employment_start: row.try_get("employment_start")?,
            employment_end: row.try_get("employment_end")?,
            joined_at: row.try_get("joined_at")?,
            deactivated_at: row.try_get("deactivated_at")?,
            synced_at: row.try_get("synced_at")?,
        })
    }
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            worker_number: row.worker_number,
            name: row.name,
            email: row.email,
            status: row.status,
            department: row.department,
            title: row.title,
            manager_id: row.manager_id,
            joined_at: row.joined_at.map(timestamp),
        }
    }
}

/// One member of the network by its id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(conn: &mut Conn, network_id: &str, id: &str) -> Result<Option<MemberRow>> {
    let sql = "SELECT * FROM members WHERE network_id = $1 AND id = $2";
    Ok(sqlx::query_as(sql)
        .bind(network_id)
        .bind(id)
        .fetch_optional(conn)
        .await?)
}

/// One member of the network by the personnel number.
///
/// # Errors
/// When the database fails.
pub async fn by_number(
    conn: &mut Conn,
    network_id: &str,
    worker_number: &str,
) -> Result<Option<MemberRow>> {
    let sql = "SELECT * FROM members WHERE network_id = $1 AND worker_number = $2";
    Ok(sqlx::query_as(sql)
        .bind(network_id)
        .bind(worker_number)
        .fetch_optional(conn)
        .await?)
}

/// Whoever signs in with this Entra object id.
///
/// Someone who left and came back under a new number has two rows; the one still employed counts. Where
/// that does not decide, nobody is found: better no access than somebody else's.
///
/// # Errors
/// When the database fails.
pub async fn by_object_id(
    conn: &mut Conn,
    network_id: &str,
    object_id: &str,
) -> Result<Option<MemberRow>> {
    let sql = "SELECT * FROM members WHERE network_id = $1 AND object_id = $2";
    let rows: Vec<MemberRow> = sqlx::query_as(sql)
        .bind(network_id)
        .bind(object_id.to_ascii_lowercase())
        .fetch_all(conn)
        .await?;
    let (gone, present): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.status == MemberStatus::Inactive);
    let mut candidates = if present.is_empty() { gone } else { present };
    Ok(if candidates.len() == 1 {
        candidates.pop()
    } else {
        None
    })
}

/// Notes the first sign-in; later ones change nothing.
///
/// # Errors
/// When the database fails.
pub async fn mark_joined(conn: &mut Conn, id: &str, now: i64) -> Result<()> {
    sqlx::query("UPDATE members SET joined_at = $1 WHERE id = $2 AND joined_at IS NULL")
        .bind(now)
        .bind(id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether somebody reports to this member.
///
/// # Errors
/// When the database fails.
pub async fn is_manager(conn: &mut Conn, id: &str) -> Result<bool> {
    let sql = "SELECT id FROM members WHERE manager_id = $1 AND status <> 'inactive' LIMIT 1";
    Ok(sqlx::query(sql)
        .bind(id)
        .fetch_optional(conn)
        .await?
        .is_some())
}

/// Which members a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// Part of the name, the e-mail or the personnel number; upper and lower case alike in ASCII.
    pub search: Option<String>,
    /// Only members with this status.
    pub status: Option<MemberStatus>,
}

/// Members in the order of their personnel numbers.
///
/// # Errors
/// [`super::StoreError::BadCursor`], or when the database fails.
pub async fn list(
    conn: &mut Conn,
    network_id: &str,
    filter: &MemberFilter,
    request: &PageRequest,
) -> Result<Page<MemberRow>> {
    let search = filter.search.as_deref().map(str::trim).unwrap_or_default();
    let rows: Vec<MemberRow> = sqlx::query_as(
        "SELECT * FROM members
         WHERE network_id = $1 AND worker_number > $2
           AND ($3 = '' OR status = $3)
           AND ($4 = '' OR LOWER(name) LIKE LOWER($4) ESCAPE '!' OR LOWER(email) LIKE LOWER($4) ESCAPE '!'
                OR LOWER(worker_number) LIKE LOWER($4) ESCAPE '!')
         ORDER BY worker_number LIMIT $5",
    )
    .bind(network_id)
    .bind(request.after()?.unwrap_or_default())
    .bind(filter.status.map(Word::word).unwrap_or_default())
    .bind(like(search))
    .bind(request.fetch())
    .fetch_all(conn)
    .await?;
    Ok(request.page(rows, |row| row.worker_number.clone()))
}

/// A pattern that finds `search` anywhere; empty stays empty.
fn like(search: &str) -> String {
    if search.is_empty() {
        return String::new();
    }
    let escaped = search.replace('!', "!!");
    format!("%{}%", escaped.replace('%', "!%").replace('_', "!_"))
}
