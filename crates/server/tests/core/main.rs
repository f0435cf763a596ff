//! Tests of the store on both databases, and of whole syncs.
//!
//! `node scripts/with-postgres.mjs cargo nextest run -p eloops-server` gives them a PostgreSQL.

#[macro_use]
mod support;
mod store;
mod sync;
