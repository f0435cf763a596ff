//! The one place that builds HTTP clients, so that every request has timeouts, a name, and follows no
//! redirect: a redirect could carry a token to another host.

use std::time::Duration;

use reqwest::{Client, redirect};

/// How this program presents itself.
const USER_AGENT: &str = concat!("eloops/", env!("CARGO_PKG_VERSION"));

/// A client for Microsoft's side. Cheap to clone; connections are shared.
///
/// Cookies are not kept: an affinity cookie would tie us to one of Microsoft's servers (Microsoft Learn:
/// api-limits).
///
/// # Errors
/// When the TLS library cannot be set up.
pub fn build() -> Result<Client, reqwest::Error> {
    Client::builder()
        .user_agent(USER_AGENT)
        .redirect(redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(120))
        .pool_idle_timeout(Duration::from_secs(50))
        .build()
}
