//! The database: SQLite or PostgreSQL behind one SQL text.
//!
//! A repository is a module of functions that take a connection, so that they compose in one
//! transaction: `members::by_id(&mut conn, …)` with a connection from [`Store::read`], or with a
//! [`WriteTx`] from [`Store::write`] where the change is committed.
//!
//! SQL here is what both databases accept: `$1` placeholders, `TEXT` and `BIGINT` columns only,
//! sums cast to `BIGINT`. To add a table, add a migration under `migrations/` (never change one that has
//! landed) and a module beside this one. Nothing remote happens inside a transaction.

pub mod activity;
mod append_only;
pub(crate) mod batch;
mod connect;
mod error;
pub mod idempotency;
pub mod leases;
pub mod ledger;
pub mod line;
pub mod links;
pub mod member_sync;
pub mod members;
pub mod networks;
pub mod outbound;
pub mod outbox;
pub mod page;
pub mod pairings;
pub mod sessions;
pub mod sync_changes;
pub mod sync_runs;
pub mod team;
pub mod uploads;
pub mod views;
pub mod visibility;
pub mod words;

pub use connect::{Conn, Dialect, Store, WriteTx};
pub use error::StoreError;
pub use words::timestamp;

/// Repositories' result.
pub type Result<T> = std::result::Result<T, StoreError>;
