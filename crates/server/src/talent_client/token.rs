use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::sync::Mutex;

use crate::auth::oauth::{TokenEndpoint, TokenError};
use crate::clock::Clock;

/// A token is renewed this long before it runs out, so that none expires under way.
const MARGIN: Duration = Duration::from_secs(300);

/// The server's own token for Talent, by client credentials; fetched once, kept until shortly before it runs out.
#[derive(Debug)]
pub struct TokenSource {
    endpoint: Arc<TokenEndpoint>,
    scope: String,
    // Held while fetching, so that many requests at once fetch one token.
    cached: Mutex<Option<(String, Timestamp)>>,
}

impl TokenSource {
    /// Tokens of the app registration for `scope`, such as [`eloops_talent::Root::scope`].
    #[must_use]
    pub fn new(endpoint: Arc<TokenEndpoint>, scope: String) -> Self {
        Self {
            endpoint,
            scope,
            cached: Mutex::new(None),
        }
    }

    /// A token that is good for some minutes at least.
    ///
    /// # Errors
    /// [`TokenError`].
    pub async fn get(&self, clock: &dyn Clock) -> Result<String, TokenError> {
        let mut cached = self.cached.lock().await;
        if let Some((token, good_until)) = &*cached
            && clock.now() < *good_until
        {
            return Ok(token.clone());
        }
        let tokens = self.endpoint.client_credentials(&self.scope).await?;
        let lifetime = Duration::from_secs(u64::try_from(tokens.expires_in).unwrap_or(0));
        // A token shorter than the margin is used once.
        let good_for = lifetime.saturating_sub(MARGIN);
        let good_until = clock.now().checked_add(good_for).unwrap_or(Timestamp::MAX);
        let token = tokens.access_token.expose().to_owned();
        *cached = Some((token.clone(), good_until));
        Ok(token)
    }

    /// Drops a token that Talent did not accept; the next call fetches another.
    pub async fn forget(&self, token: &str) {
        let mut cached = self.cached.lock().await;
        if cached.as_ref().is_some_and(|(known, _)| known == token) {
            *cached = None;
        }
    }
}
