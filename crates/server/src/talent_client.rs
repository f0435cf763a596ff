//! The edge to Talent: sends [`eloops_talent::Request`]s with a bearer token, obeys `Retry-After`, and tries
//! again what may be tried again.
//!
//! With the server's own rights use [`TalentClient::send`]; with a user's token, once and without waiting, use
//! [`TalentClient::send_as`].

mod error;
mod pace;
mod send;
mod token;

pub use error::CallError;
pub use send::TalentClient;
pub use token::TokenSource;

pub use crate::transport::{Failure, Form, Http, Transport};

#[cfg(test)]
mod tests;
