//! The web server over real HTTP, with the sandbox as Microsoft's side, on both databases.
//!
//! `node scripts/with-postgres.mjs cargo nextest run -p eloops-server` gives the tests a PostgreSQL.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; one that counts prints its number"
)]

#[macro_use]
mod support;
mod access;
mod bearers;
mod certificate;
mod coins;
mod crawler;
mod cross_site;
mod documentation;
mod frame;
mod injection;
mod limits;
mod log_lines;
mod logs;
mod on_behalf_of;
mod outbound;
mod problems;
mod sign_in;
mod sync_runs;
mod talent;
mod tokens;
mod uploads;
mod wire;
