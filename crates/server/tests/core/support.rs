//! What the tests share.

#[macro_use]
pub(crate) mod db;
pub(crate) mod member;
pub(crate) mod talent;
pub(crate) mod world;
