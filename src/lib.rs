//! The Eloops card: a worker's coins and uploads beside the worker record.
//!
//! The card is a state machine with a view. [`card`] takes events and answers with effects;
//! [`view`] turns its state into [`node`]s, a description of the page that can hold text and
//! nothing else from data. Both are plain Rust and are tested natively. Only `browser` touches the
//! page, the network and the clock: it carries effects out, hands their results back as events and
//! brings the page to what the view describes.

pub mod card;
pub mod failure;
pub mod half;
pub mod host;
pub mod node;
pub mod pairing;
pub mod text;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod browser;
