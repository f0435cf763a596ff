//! The one place that builds HTTP clients, so that every request has timeouts, a name, follows no redirect (a
//! redirect could carry a token to another host), and connects only where it may.

mod resolver;

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, redirect};

use crate::destination::Private;
pub use resolver::{Checked, Lookup, SystemLookup};

/// How this program presents itself.
const USER_AGENT: &str = concat!("eloops/", env!("CARGO_PKG_VERSION"));

/// A client for Microsoft's side. Cheap to clone; connections are shared.
///
/// Cookies are not kept: an affinity cookie would tie us to one of Microsoft's servers (Microsoft Learn:
/// api-limits).
///
/// # Errors
/// When the TLS library cannot be set up.
pub fn build(private: Private) -> Result<Client, reqwest::Error> {
    with_lookup(private, SystemLookup)
}

/// The same with another way to look names up.
///
/// # Errors
/// When the TLS library cannot be set up.
pub fn with_lookup(private: Private, lookup: impl Lookup) -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .dns_resolver(Arc::new(Checked::new(private, lookup)))
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(120))
        .pool_idle_timeout(Duration::from_secs(50))
        .build()
}
