//! Who is asking: sign-in with Microsoft, bearers, and what each may see.
//!
//! - [`believe`], by the rules of [`token`] and the keys of [`keys`], decides whether a token of Microsoft's sign-in
//!   is believed.
//! - [`client_credential`] proves at Microsoft's token endpoint that we are the app registration.
//! - [`pairing`], [`oauth`] and [`seal`] are the parts of the paired popup, where the server is the
//!   confidential client and the browser never holds a token of Microsoft's.
//! - [`principal`] turns a bearer into somebody, and [`access`] is the one place that decides what
//!   somebody may see of whom; [`visits`] notes for the person concerned that somebody did.

pub mod access;
pub mod authority;
pub mod bearer;
pub mod believe;
pub mod client_credential;
pub mod key_document;
pub mod keys;
pub mod oauth;
pub mod pairing;
pub mod principal;
pub mod random;
pub mod seal;
pub mod secret;
pub mod session;
pub mod token;
pub mod user_tokens;
pub mod visits;
