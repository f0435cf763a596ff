//! Identifiers: UUIDv7 as text, so that newer rows sort after older ones.

use jiff::Timestamp;
use uuid::{NoContext, Uuid};

/// A new id that carries `now`.
#[must_use]
pub fn new_id(now: Timestamp) -> String {
    new_uuid(now).to_string()
}

/// As [`new_id`], for callers that keep many ids in memory.
#[must_use]
pub fn new_uuid(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanos))
}
