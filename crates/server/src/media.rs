//! Photos and videos: what is accepted, what is kept of it, and where.
//!
//! A photo is decoded, turned upright, made small enough and encoded anew, so that nothing of its metadata (place,
//! device, owner) survives. A video is kept as it came. What something is, its first bytes say, never its name.

mod error;
mod kind;
mod photo;
mod portrait;
mod prepare;
mod still;
mod store;

pub use error::MediaError;
pub use kind::{Kind, sniff};
pub use portrait::portrait;
pub use prepare::{Limits, Prepared, Preparer, prepare};
pub use store::{Media, StoreError, Stored, content_key, thumbnail_key};

#[cfg(test)]
mod tests;
