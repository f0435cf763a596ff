//! Which tokens of Microsoft's sign-in are believed: the validator's rules, one forgery at a time.

mod forger;
mod forgeries;
mod genuine;
mod over_http;
mod random;
mod refused;
pub(crate) mod signer;
