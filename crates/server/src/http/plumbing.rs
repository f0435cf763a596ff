//! What every request passes through: ids, logs, headers, errors, and how arguments are read.

pub mod body_pace;
pub mod caching;
pub mod client_address;
pub mod cors;
pub mod extract;
pub mod headers;
pub mod idempotency;
pub mod log;
pub mod paging;
pub mod problem;
pub mod rate_limit;
pub mod request_id;
