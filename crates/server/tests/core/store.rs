//! The store, on both databases.

mod connect;
mod idempotency;
mod leases;
mod ledger;
mod line;
mod members;
mod uploads;
mod views;
