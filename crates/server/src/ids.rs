//! Identifiers: UUIDv7 as text. Those that one process makes sort in the order in which they were made, also
//! within a millisecond.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use uuid::{ContextV7, Uuid};

static ORDER: Mutex<ContextV7> = Mutex::new(ContextV7::new());

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
    let order = ORDER.lock().unwrap_or_else(PoisonError::into_inner);
    Uuid::new_v7(uuid::Timestamp::from_unix(&*order, seconds, nanos))
}
