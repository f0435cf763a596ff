//! The worker record, read from Talent with the caller's own rights.

mod as_user;
mod challenge;
mod consent;
mod from_sync;
mod from_talent;
pub(super) mod photo;
pub(super) mod worker;

pub(in crate::http) use as_user::{KeptTokens, PURPOSE as KEPT_TOKENS_PURPOSE};
