//! What a member lets the reporting line see.

pub(super) mod choose;
pub(super) mod show;
