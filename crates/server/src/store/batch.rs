//! Many rows in one statement.
//!
//! SQLite looks a numbered placeholder up by walking all names before it, so a statement is held to some
//! two thousand; it is prepared once and used for every full batch.

use sqlx::{Any, AssertSqlSafe, any::AnyArguments, query::Query};

/// Placeholders one statement holds at most.
const MAX_PLACEHOLDERS: usize = 2_000;

/// Rows that go into one statement when each has `columns` values.
pub(crate) const fn rows_per_statement(columns: usize) -> usize {
    MAX_PLACEHOLDERS / columns
}

/// `($1, $2), ($3, $4)` for `rows` rows of `columns` values each.
pub(crate) fn placeholders(rows: usize, columns: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 6);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                sql.push_str(", ");
            }
            sql.push('$');
            sql.push_str(&(row * columns + column + 1).to_string());
        }
        sql.push(')');
    }
    sql
}

/// A query from text that this crate put together; values are always bound, never written into it.
pub(crate) fn query(sql: String) -> Query<'static, Any, AnyArguments> {
    sqlx::query(AssertSqlSafe(sql))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_count_on_from_row_to_row() {
        assert_eq!(placeholders(2, 3), "($1, $2, $3), ($4, $5, $6)");
    }
}
