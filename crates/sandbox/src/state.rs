//! What every handler shares.

use std::sync::Arc;

use crate::{Clock, Options};

/// The whole sandbox: its options, its time, and what it holds. Cheap to share by `Arc`.
#[derive(Debug)]
pub struct Sandbox {
    /// How it was started.
    pub options: Options,
    /// Scheme, host and port people reach it by, without a slash at the end. It is the root of
    /// the token issuers, the audience of Talent's tokens, and the start of every link.
    pub origin: String,
    /// The time tests set.
    pub clock: Arc<Clock>,
}
