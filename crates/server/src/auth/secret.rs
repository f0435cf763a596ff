//! [`Secret`]: a text that never shows in logs.

pub use crate::config::Secret;
