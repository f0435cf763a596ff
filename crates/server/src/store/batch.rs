//! Many rows in one statement, which is prepared once and used for every full batch.
//!
//! SQLite finds a numbered placeholder by walking all names before it, so that thousands of them take
//! longer than the rows themselves; there the placeholders are plain question marks.

use sqlx::{Any, AssertSqlSafe, any::AnyArguments, query::Query};

use super::Conn;

/// Placeholders one statement holds at most; SQLite takes 32,766, PostgreSQL twice as many.
const MAX_PLACEHOLDERS: usize = 8_000;

/// Rows that go into one statement when each has `columns` values.
pub(crate) const fn rows_per_statement(columns: usize) -> usize {
    MAX_PLACEHOLDERS / columns
}

/// `($1, $2), ($3, $4)` for `rows` rows of `columns` values each, in the database's own way. The
/// statement must hold no other placeholders.
pub(crate) fn placeholders(conn: &Conn, rows: usize, columns: usize) -> String {
    write(is_sqlite(conn), rows, columns)
}

/// `$1, $2, $3`, likewise.
pub(crate) fn list(conn: &Conn, values: usize) -> String {
    let row = write(is_sqlite(conn), 1, values);
    row.trim_matches(['(', ')']).to_owned()
}

/// A query from text that this crate put together; values are always bound, never written into it.
pub(crate) fn query(sql: String) -> Query<'static, Any, AnyArguments> {
    sqlx::query(AssertSqlSafe(sql))
}

/// Whether placeholders are plain, and writers take turns by themselves.
pub(crate) fn is_sqlite(conn: &Conn) -> bool {
    conn.backend_name() == "SQLite"
}

fn write(plain: bool, rows: usize, columns: usize) -> String {
    let mut sql = String::with_capacity(rows * columns * 6);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            if column > 0 {
                sql.push_str(", ");
            }
            if plain {
                sql.push('?');
            } else {
                sql.push('$');
                sql.push_str(&(row * columns + column + 1).to_string());
            }
        }
        sql.push(')');
    }
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_count_on_from_row_to_row() {
        assert_eq!(write(false, 2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(write(true, 2, 3), "(?, ?, ?), (?, ?, ?)");
    }
}
