//! What members let their reporting line see.

use eloops_api::Visibility;

use super::{Conn, Result};

/// Who has chosen nothing shows the balance.
pub const DEFAULT: Visibility = Visibility {
    balance_to_line: true,
};

/// What the member has chosen, else [`DEFAULT`].
///
/// # Errors
/// When the database fails.
pub async fn of(conn: &mut Conn, member_id: &str) -> Result<Visibility> {
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT balance_to_line FROM member_visibility WHERE member_id = $1")
            .bind(member_id)
            .fetch_optional(conn)
            .await?;
    Ok(row.map_or(DEFAULT, |(balance_to_line,)| Visibility {
        balance_to_line: balance_to_line == 1,
    }))
}

/// Keeps the member's choice. `now` in microseconds since 1970.
///
/// # Errors
/// When the database fails.
pub async fn set(conn: &mut Conn, member_id: &str, visibility: Visibility, now: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO member_visibility (member_id, balance_to_line, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (member_id) DO UPDATE
         SET balance_to_line = excluded.balance_to_line, changed_at = excluded.changed_at",
    )
    .bind(member_id)
    .bind(i64::from(visibility.balance_to_line))
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}
