use thiserror::Error;

/// Why the database could not do it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address names neither SQLite nor PostgreSQL.
    #[error(
        "ELOOPS_DATABASE_URL has to start with sqlite:// or postgres://, for instance sqlite://eloops.db"
    )]
    UnknownDatabase,
    /// The database could not be opened or reached.
    #[error("the database cannot be opened; check ELOOPS_DATABASE_URL and that the database is up")]
    Connect(#[source] sqlx::Error),
    /// A migration failed, or the database is newer than this program.
    #[error("the database could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// A statement failed.
    #[error("the database refused a statement")]
    Database(#[from] sqlx::Error),
    /// A row holds what this program never writes.
    #[error("{table}.{column} holds \"{value}\", which this version does not know")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// What stands there.
        value: String,
    },
    /// The run's lease went to somebody else; nothing was written.
    #[error("another server took over this work")]
    LeaseLost,
    /// A cursor that this server did not hand out.
    #[error("the cursor is not one that a list handed out; start again without it")]
    BadCursor,
}
