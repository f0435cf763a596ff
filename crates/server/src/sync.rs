//! Syncing with Talent: inbound (workers become members) and outbound (coins and uploads are written to
//! the worker's custom fields).
//!
//! A run reads, plans, and applies the plan in small transactions. A plan is a pure function of what was read;
//! a dry run records the same changes and applies none. One failing record never stops a run.

mod engine;
mod inbound;
mod outbound;
mod progress;
mod run;
mod schedule;
mod turn;

pub use engine::{Engine, Request, SyncError};
pub use progress::{Progress, Stage};
