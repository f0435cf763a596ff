//! A manager's direct reports in one query.

use eloops_api::{Coins, TeamMember, Timestamp, Visibility};
use sqlx::{FromRow, Row, any::AnyRow};

use super::{Conn, Result, members::MemberRow, words::timestamp};

/// A direct report, with everything that some viewer may see.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The person and the numbers.
    pub shown: TeamMember,
    /// When something was last uploaded.
    pub uploaded_at: Option<Timestamp>,
    /// What the person lets the line see.
    pub visibility: Visibility,
}

impl Report {
    /// Without the coins, and without the time at which some were last earned.
    #[must_use]
    pub fn without_balance(self) -> TeamMember {
        TeamMember {
            coins: None,
            last_activity_at: self.uploaded_at,
            ..self.shown
        }
    }
}

/// The direct reports of `manager_id` by name: everybody who has not left, and leavers as long as somebody
/// still reports to them.
///
/// # Errors
/// When the database fails.
pub async fn of(conn: &mut Conn, manager_id: &str) -> Result<Vec<Report>> {
    Ok(sqlx::query_as(
        "SELECT m.*,
            CAST(COALESCE(c.balance, 0) AS BIGINT) AS balance,
            CAST(COALESCE(c.earned, 0) AS BIGINT) AS earned_total,
            COALESCE(u.visible, 0) AS uploads_total, u.last_at AS uploaded_at,
            COALESCE(v.balance_to_line, 1) AS balance_to_line,
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
         LEFT JOIN member_visibility v ON v.member_id = m.id
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
    .await?)
}

impl FromRow<'_, AnyRow> for Report {
    fn from_row(row: &AnyRow) -> std::result::Result<Self, sqlx::Error> {
        let last_activity_at: Option<i64> = row.try_get("last_activity_at")?;
        let uploaded_at: Option<i64> = row.try_get("uploaded_at")?;
        let line_broken: i64 = row.try_get("line_broken")?;
        let balance_to_line: i64 = row.try_get("balance_to_line")?;
        Ok(Self {
            shown: TeamMember {
                member: MemberRow::from_row(row)?.into(),
                coins: Some(Coins {
                    balance: row.try_get("balance")?,
                    earned_total: row.try_get("earned_total")?,
                }),
                uploads_total: row.try_get("uploads_total")?,
                last_activity_at: last_activity_at.map(timestamp),
                line_broken: line_broken == 1,
            },
            uploaded_at: uploaded_at.map(timestamp),
            visibility: Visibility {
                balance_to_line: balance_to_line == 1,
            },
        })
    }
}
