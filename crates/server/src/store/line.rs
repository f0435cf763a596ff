//! Reporting lines. Loops are never linked, so a line always ends; see `sync::inbound::managers`.

use super::{Conn, Result};

/// Whether `manager_id` stands anywhere above `member_id`.
///
/// # Errors
/// When the database fails.
pub async fn is_above(conn: &mut Conn, manager_id: &str, member_id: &str) -> Result<bool> {
    // UNION (not UNION ALL) ends the walk even if a loop should ever stand in the table.
    let sql = "WITH RECURSIVE line (id, manager_id) AS (
            SELECT id, manager_id FROM members WHERE id = $1
            UNION
            SELECT m.id, m.manager_id FROM members m JOIN line l ON m.id = l.manager_id
        ) SELECT id FROM line WHERE manager_id = $2 LIMIT 1";
    let found = sqlx::query(sql)
        .bind(member_id)
        .bind(manager_id)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}
