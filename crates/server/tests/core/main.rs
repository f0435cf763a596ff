//! Tests of the store on both databases, and of whole syncs.
//!
//! `node scripts/with-postgres.mjs cargo nextest run -p eloops-server` gives them a PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[macro_use]
mod support;
mod store;
mod sync;
