//! What the inbound sync does with members: it loads their states compactly, and writes in bulk.

use eloops_api::MemberStatus;
use futures_util::TryStreamExt;
use sqlx::Row;
use uuid::Uuid;

use super::{
    Conn, Result, StoreError,
    batch::{list, placeholders, query, rows_per_statement},
    members::MemberRow,
    words::Word,
};

/// What a sync needs to know of every member: some 60 bytes each, for a whole company in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberState {
    /// `PersonnelNumber`.
    pub number: Box<str>,
    /// The member's id.
    pub id: Uuid,
    /// Hash of the worker's fields at the last sync.
    pub hash: i64,
    /// Where the membership stands.
    pub status: MemberStatus,
    /// The linked manager.
    pub manager_id: Option<Uuid>,
    /// Why the line above is broken.
    pub line_problem: Option<LineProblem>,
}

/// Why a member's reporting line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineProblem {
    /// Managers report to each other.
    Loop,
    /// The manager is no member.
    Orphan,
    /// The worker holds no position.
    NoPosition,
    /// A position reports to one that does not exist.
    UnknownPosition,
    /// Every position above is vacant.
    Vacant,
}

impl Word for LineProblem {
    fn word(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Orphan => "orphan",
            Self::NoPosition => "no_position",
            Self::UnknownPosition => "unknown_position",
            Self::Vacant => "vacant",
        }
    }

    fn parse(table: &'static str, column: &'static str, word: &str) -> Result<Self> {
        let all = [
            Self::Loop,
            Self::Orphan,
            Self::NoPosition,
            Self::UnknownPosition,
            Self::Vacant,
        ];
        all.into_iter()
            .find(|problem| problem.word() == word)
            .ok_or_else(|| StoreError::Inconsistent {
                table,
                column,
                value: word.to_owned(),
            })
    }
}

/// The states of all members of the network, or of those with the given numbers.
///
/// # Errors
/// When the database fails.
pub async fn states(
    conn: &mut Conn,
    network_id: &str,
    only: Option<&[&str]>,
) -> Result<Vec<MemberState>> {
    const COLUMNS: &str = "SELECT worker_number, id, hash_in, status, manager_id, line_problem
                           FROM members WHERE network_id = $1";
    let mut states = Vec::new();
    let select = match only {
        None => query(COLUMNS.to_owned()).bind(network_id),
        Some(numbers) => {
            let list: Vec<String> = (2..numbers.len() + 2).map(|at| format!("${at}")).collect();
            let sql = format!("{COLUMNS} AND worker_number IN ({})", list.join(", "));
            numbers
                .iter()
                .fold(query(sql).bind(network_id), |select, number| {
                    select.bind(*number)
                })
        }
    };
    let mut rows = select.fetch(conn);
    while let Some(row) = rows.try_next().await? {
        let id: &str = row.try_get(1)?;
        let status: &str = row.try_get(3)?;
        let manager_id: Option<&str> = row.try_get(4)?;
        let problem: Option<&str> = row.try_get(5)?;
        states.push(MemberState {
            number: row.try_get::<&str, _>(0)?.into(),
            id: uuid("id", id)?,
            hash: row.try_get(2)?,
            status: MemberStatus::parse("members", "status", status)?,
            manager_id: manager_id.map(|id| uuid("manager_id", id)).transpose()?,
            line_problem: problem
                .map(|word| LineProblem::parse("members", "line_problem", word))
                .transpose()?,
        });
    }
    Ok(states)
}

fn uuid(column: &'static str, text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| StoreError::Inconsistent {
        table: "members",
        column,
        value: text.to_owned(),
    })
}

/// Whole rows of some members, in no order.
///
/// # Errors
/// When the database fails.
pub async fn rows(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<MemberRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for ids in ids.chunks(rows_per_statement(1)) {
        let list = list(conn, ids.len());
        let sql = sqlx::AssertSqlSafe(format!("SELECT * FROM members WHERE id IN ({})", list));
        let select = ids.iter().fold(sqlx::query_as(sql), |select, id| {
            select.bind(id.to_string())
        });
        found.extend(select.fetch_all(&mut *conn).await?);
    }
    Ok(found)
}

/// A row to be written, with the hash of the worker behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewState {
    /// The row as it will be.
    pub row: MemberRow,
    /// Hash of the worker's fields.
    pub hash: i64,
}

const COLUMNS: usize = 22;

/// Creates members, or brings them to a new state: everything but the id, the first sign-in and the manager's
/// link, which come from elsewhere. `now` in microseconds since 1970.
///
/// # Errors
/// When the database fails; then none of them is written, if the caller's transaction is dropped.
pub async fn upsert(conn: &mut Conn, members: &[NewState], now: i64) -> Result<()> {
    for chunk in members.chunks(rows_per_statement(COLUMNS)) {
        let mut upsert = query(format!(
            "INSERT INTO members (id, network_id, worker_number, object_id, party_number, name,
                first_name, last_name, email, phone, status, department, title, manager_number,
                worker_status, worker_type, employment_start, employment_end, hash_in,
                deactivated_at, created_at, synced_at)
             VALUES {}
             ON CONFLICT (network_id, worker_number) DO UPDATE SET
                object_id = excluded.object_id, party_number = excluded.party_number,
                name = excluded.name, first_name = excluded.first_name,
                last_name = excluded.last_name, email = excluded.email, phone = excluded.phone,
                status = excluded.status, department = excluded.department, title = excluded.title,
                manager_number = excluded.manager_number, worker_status = excluded.worker_status,
                worker_type = excluded.worker_type, employment_start = excluded.employment_start,
                employment_end = excluded.employment_end, hash_in = excluded.hash_in,
                deactivated_at = excluded.deactivated_at, synced_at = excluded.synced_at",
            placeholders(conn, chunk.len(), COLUMNS)
        ));
        for NewState { row, hash } in chunk {
            upsert = upsert
                .bind(row.id.as_str())
                .bind(row.network_id.as_str())
                .bind(row.worker_number.as_str())
                .bind(row.object_id.as_deref())
                .bind(row.party_number.as_deref())
                .bind(row.name.as_str())
                .bind(row.first_name.as_str())
                .bind(row.last_name.as_str())
                .bind(row.email.as_deref())
                .bind(row.phone.as_deref())
                .bind(row.status.word())
                .bind(row.department.as_deref())
                .bind(row.title.as_deref())
                .bind(row.manager_number.as_deref())
                .bind(row.worker_status.as_str())
                .bind(row.worker_type.as_deref())
                .bind(row.employment_start.as_deref())
                .bind(row.employment_end.as_deref())
                .bind(*hash)
                .bind(row.deactivated_at)
                .bind(now)
                .bind(now);
        }
        upsert.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Notes new hashes of workers whose change touches nothing that a member shows.
///
/// # Errors
/// When the database fails.
pub async fn touch(conn: &mut Conn, hashes: &[(Uuid, i64)]) -> Result<()> {
    for chunk in hashes.chunks(rows_per_statement(2)) {
        let mut update = query(format!(
            "UPDATE members SET hash_in = v.column2 FROM (VALUES {}) AS v
             WHERE members.id = v.column1",
            placeholders(conn, chunk.len(), 2)
        ));
        for (id, hash) in chunk {
            update = update.bind(id.to_string()).bind(*hash);
        }
        update.execute(&mut *conn).await?;
    }
    Ok(())
}

/// A member's place in the reporting lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineLink {
    /// The member.
    pub id: Uuid,
    /// Who stands above; none for the top and where the line is broken.
    pub manager_id: Option<Uuid>,
    /// Why it is broken.
    pub problem: Option<LineProblem>,
}

/// Links members to their managers.
///
/// # Errors
/// When the database fails.
pub async fn link(conn: &mut Conn, links: &[LineLink]) -> Result<()> {
    for chunk in links.chunks(rows_per_statement(3)) {
        let mut update = query(format!(
            "UPDATE members SET manager_id = v.column2, line_problem = v.column3
             FROM (VALUES {}) AS v WHERE members.id = v.column1",
            placeholders(conn, chunk.len(), 3)
        ));
        for link in chunk {
            update = update
                .bind(link.id.to_string())
                .bind(link.manager_id.map(|id| id.to_string()))
                .bind(link.problem.map(Word::word));
        }
        update.execute(&mut *conn).await?;
    }
    Ok(())
}

/// Ends every session of members, with the tokens kept in it, and the sign-ins on their way to one.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions(conn: &mut Conn, member_ids: &[&str]) -> Result<()> {
    // The sign-ins first: a claim under way holds its pairing until its session is there to be ended.
    for table in ["pairings", "sessions"] {
        for ids in member_ids.chunks(rows_per_statement(1)) {
            let list = list(conn, ids.len());
            let sql = format!("DELETE FROM {table} WHERE member_id IN ({list})");
            ids.iter()
                .fold(query(sql), |delete, id| delete.bind(*id))
                .execute(&mut *conn)
                .await?;
        }
    }
    Ok(())
}
