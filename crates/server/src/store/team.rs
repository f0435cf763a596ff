//! A manager's direct reports in one query.

use eloops_api::{Coins, TeamMember};
use sqlx::{FromRow, Row, any::AnyRow};

use super::{Conn, Result, members::MemberRow, words::timestamp};

/// The direct reports of `manager_id` by name: everybody who has not left, and leavers as long as somebody
/// still reports to them.
///
/// # Errors
/// When the database fails.
pub async fn of(conn: &mut Conn, manager_id: &str) -> Result<Vec<TeamMember>> {
    let rows: Vec<Report> = sqlx::query_as(
        "SELECT m.*,
            CAST(COALESCE(c.balance, 0) AS BIGINT) AS balance,
            CAST(COALESCE(c.earned, 0) AS BIGINT) AS earned_total,
            COALESCE(u.visible, 0) AS uploads_total,
            CASE WHEN COALESCE(u.last_at, 0) > COALESCE(c.last_at, 0) THEN u.last_at ELSE c.last_at END
                AS last_activity_at,
            CAST(CASE WHEN m.line_problem IS NOT NULL OR b.manager_id IS NOT NULL THEN 1 ELSE 0 END
                AS BIGINT) AS line_broken
         FROM members m
         LEFT JOIN (
            SELECT member_id, SUM(amount) AS balance,
                   SUM(CASE WHEN kind = 'adjustment' THEN 0 ELSE amount END) AS earned,
                   MAX(CASE WHEN kind IN ('award', 'upload') THEN created_at END) AS last_at
            FROM coin_transactions
            WHERE member_id IN (SELECT id FROM members WHERE manager_id = $1) GROUP BY member_id) c
            ON c.member_id = m.id
         LEFT JOIN (
            SELECT member_id, COUNT(CASE WHEN state = 'visible' THEN 1 END) AS visible,
                   MAX(created_at) AS last_at
            FROM uploads
            WHERE member_id IN (SELECT id FROM members WHERE manager_id = $1) GROUP BY member_id) u
            ON u.member_id = m.id
         LEFT JOIN (
            SELECT DISTINCT manager_id FROM members
            WHERE status <> 'inactive' AND line_problem IS NOT NULL) b ON b.manager_id = m.id
         WHERE m.manager_id = $1
           AND (m.status <> 'inactive'
                OR EXISTS (SELECT 1 FROM members r WHERE r.manager_id = m.id AND r.status <> 'inactive'))
         ORDER BY m.name, m.worker_number",
    )
    .bind(manager_id)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|report| report.0).collect())
}

struct Report(TeamMember);

impl FromRow<'_, AnyRow> for Report {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        let last_activity_at: Option<i64> = row.try_get("last_activity_at")?;
        let line_broken: i64 = row.try_get("line_broken")?;
        Ok(Self(TeamMember {
            member: MemberRow::from_row(row)?.into(),
            coins: Some(Coins {
                balance: row.try_get("balance")?,
                earned_total: row.try_get("earned_total")?,
            }),
            uploads_total: row.try_get("uploads_total")?,
            last_activity_at: last_activity_at.map(timestamp),
            line_broken: line_broken == 1,
        }))
    }
}
