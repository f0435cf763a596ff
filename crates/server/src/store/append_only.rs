//! The ledger's promise, kept by the database itself: no line is ever changed or removed.

use sqlx::Executor;

use super::{Conn, Dialect, Result};

const SQLITE: [&str; 2] = [
    "CREATE TRIGGER IF NOT EXISTS coin_transactions_no_update BEFORE UPDATE ON coin_transactions
     BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    "CREATE TRIGGER IF NOT EXISTS coin_transactions_no_delete BEFORE DELETE ON coin_transactions
     BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
];

const POSTGRES: [&str; 3] = [
    // Several servers may start at once; replacing a function twice at a time fails.
    "SELECT pg_advisory_xact_lock(7400)",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
    "CREATE OR REPLACE TRIGGER coin_transactions_append_only
     BEFORE UPDATE OR DELETE OR TRUNCATE ON coin_transactions
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
];

/// Puts the triggers in place; doing it again changes nothing.
pub(super) async fn protect_ledger(conn: &mut Conn, dialect: Dialect) -> Result<()> {
    let statements: &[&'static str] = match dialect {
        Dialect::Sqlite => &SQLITE,
        Dialect::Postgres => &POSTGRES,
    };
    for statement in statements {
        conn.execute(*statement).await?;
    }
    Ok(())
}
