//! The ledger of one member.

pub(super) mod enter;
pub(super) mod list;
