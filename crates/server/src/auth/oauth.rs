//! The token endpoint, as a confidential client: the app's own tokens, codes, refresh tokens and on-behalf-of.

mod error;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use eloops_talent::{Moment, Response, RetryAfter};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

pub use self::error::{Outage, Refusal, TokenError};
use super::client_credential::ClientCredential;
use super::secret::Secret;
use crate::clock::SharedClock;
use crate::config::Entra;
use crate::transport::Transport;

/// However long we are asked to wait, after this much it is tried again.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Exchanges codes and tokens for our application. Sends no `Origin` header: Entra refuses a secret
/// or an assertion that comes with one.
pub struct TokenEndpoint {
    url: String,
    client: ClientCredential,
    transport: Arc<dyn Transport>,
    clock: SharedClock,
    // Until when it asked us not to ask.
    held: Mutex<Option<Timestamp>>,
}

/// What the token endpoint gave.
#[derive(Debug, Clone, Deserialize)]
pub struct Tokens {
    /// For one resource.
    pub access_token: Secret,
    /// With `offline_access`; replaces the one before.
    pub refresh_token: Option<Secret>,
    /// With `openid`.
    pub id_token: Option<Secret>,
    /// Life of the access token in seconds.
    pub expires_in: i64,
}

impl TokenEndpoint {
    /// Of an app registration. Asks nothing of the network yet.
    #[must_use]
    pub fn new(entra: &Entra, transport: Arc<dyn Transport>, clock: SharedClock) -> Self {
        Self {
            url: entra.token_endpoint(),
            client: ClientCredential::new(entra),
            transport,
            clock,
            held: Mutex::default(),
        }
    }

    /// A token of the application itself (RFC 6749 §4.4).
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn client_credentials(&self, scope: &str) -> Result<Tokens, TokenError> {
        self.post(&[("grant_type", "client_credentials"), ("scope", scope)])
            .await
    }

    /// Redeems an authorization code (RFC 6749 §4.1.3 with RFC 7636 §4.5).
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn redeem_code(
        &self,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
        scope: &str,
    ) -> Result<Tokens, TokenError> {
        self.post(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", verifier),
            ("redirect_uri", redirect_uri),
            ("scope", scope),
        ])
        .await
    }

    /// Trades a refresh token for an access token of `scope`'s resource.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn refresh(&self, refresh_token: &str, scope: &str) -> Result<Tokens, TokenError> {
        self.post(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
            ("scope", scope),
        ])
        .await
    }

    /// Trades a person's access token for our API for one of another resource
    /// (Microsoft Learn: v2-oauth2-on-behalf-of-flow).
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn on_behalf_of(&self, assertion: &str, scope: &str) -> Result<Tokens, TokenError> {
        self.post(&[
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", assertion),
            ("requested_token_use", "on_behalf_of"),
            ("scope", scope),
        ])
        .await
    }

    async fn post(&self, grant: &[(&str, &str)]) -> Result<Tokens, TokenError> {
        self.refuse_while_held()?;
        let client = self
            .client
            .parameters(self.clock.now(), Uuid::new_v4())
            .map_err(|error| TokenError::Unavailable(Outage::passing(error.to_string())))?;
        let mut form: Vec<(&str, &str)> = client
            .iter()
            .map(|(name, value)| (*name, Cow::as_ref(value)))
            .collect();
        form.extend_from_slice(grant);
        let response = self.transport.post_form(&self.url, &form).await?;
        if response.is_success() {
            // The parser's message could quote a token, so it is not kept.
            return serde_json::from_slice(&response.body)
                .map_err(|_| TokenError::unreadable(response.status));
        }
        let error = TokenError::of(&response, self.retry_after(&response));
        if let Some(wait) = error.retry_after() {
            self.hold(wait.min(LONGEST_WAIT));
        }
        Err(error)
    }

    fn retry_after(&self, response: &Response) -> Option<Duration> {
        let now = Moment::from_unix_seconds(self.clock.now().as_second());
        let after = RetryAfter::read(response.retry_after.as_deref()?)?;
        Some(after.delay(now))
    }

    /// Whoever throttles us is left alone for as long as it asked, whatever the grant.
    fn hold(&self, wait: Duration) {
        *self.held() = self.clock.now().checked_add(wait).ok();
    }

    fn refuse_while_held(&self) -> Result<(), TokenError> {
        let now = self.clock.now();
        let until = *self.held();
        match until.filter(|until| *until > now) {
            None => Ok(()),
            Some(until) => Err(TokenError::Unavailable(Outage {
                retry_after: Some(until.duration_since(now).unsigned_abs()),
                ..Outage::passing("it asked us to wait")
            })),
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Timestamp>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenEndpoint")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
