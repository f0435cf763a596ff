//! The sandbox as its clients see it: over HTTP, in one process.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test's helpers fail the test"
)]

#[path = "sandbox/authorize.rs"]
mod authorize;
#[path = "sandbox/bearer.rs"]
mod bearer;
#[path = "sandbox/certificates.rs"]
mod certificates;
#[path = "sandbox/client_credentials.rs"]
mod client_credentials;
#[path = "sandbox/clock.rs"]
mod clock;
#[path = "sandbox/code.rs"]
mod code;
#[path = "sandbox/controls.rs"]
mod controls;
#[path = "sandbox/discovery.rs"]
mod discovery;
#[path = "sandbox/faults.rs"]
mod faults;
#[path = "sandbox/issued.rs"]
mod issued;
#[path = "sandbox/limits.rs"]
mod limits;
#[path = "sandbox/logout.rs"]
mod logout;
#[path = "sandbox/on_behalf_of.rs"]
mod on_behalf_of;
#[path = "sandbox/policies.rs"]
mod policies;
#[path = "sandbox/refresh.rs"]
mod refresh;
#[path = "sandbox/signer.rs"]
mod signer;
#[path = "sandbox/stand.rs"]
mod stand;
#[path = "sandbox/start.rs"]
mod start;
#[path = "sandbox/workers.rs"]
mod workers;
