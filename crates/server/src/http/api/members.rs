//! Members, for administrators.

pub(super) mod list;
pub(super) mod one;
