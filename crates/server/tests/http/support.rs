//! What the tests share.

#[macro_use]
#[path = "../core/support/db.rs"]
#[allow(dead_code, reason = "shared with the tests of the store")]
pub(crate) mod db;
pub(crate) mod authority;
pub(crate) mod browser;
pub(crate) mod people;
pub(crate) mod pictures;
pub(crate) mod recorder;
pub(crate) mod world;
