//! Headers from outside: the bearer of a request, and `Retry-After` of an answer. The values stand one a line.
#![no_main]

use eloops_talent::{Moment, RetryAfter};
use http::{HeaderMap, HeaderValue, header};
use libfuzzer_sys::fuzz_target;

#[path = "../../crates/server/src/auth"]
mod auth {
    pub mod bearer;
}

fuzz_target!(|data: &[u8]| {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(header::AUTHORIZATION, value);
        }
    }
    if let Some(bearer) = auth::bearer::read(&headers) {
        assert_eq!(headers.len(), 1, "of two bearers none counts");
        assert!(!bearer.is_empty() && bearer.trim() == bearer, "{bearer:?}");
    }
    let text = String::from_utf8_lossy(data);
    if let Some(after) = RetryAfter::read(&text) {
        let _ = after.delay(Moment::from_unix_seconds(1_800_000_000));
    }
});
