use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use thiserror::Error;
use tokio::sync::Mutex;

use super::{Failure, Transport};
use crate::{clock::Clock, config::Entra};

/// A token is renewed this long before it runs out, so that none expires under way.
const MARGIN: Duration = Duration::from_secs(300);

/// Why Microsoft's sign-in gave no token for the server itself.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TokenError {
    /// It refused; the text is Microsoft's, beginning with its AADSTS code.
    #[error("Microsoft's sign-in refused the app ({code}): {message}")]
    Refused {
        /// Such as `invalid_client`.
        code: String,
        /// What Microsoft says.
        message: String,
    },
    /// An answer that is none.
    #[error(
        "Microsoft's sign-in gave an unreadable answer (status {status}); check ELOOPS_AUTHORITY"
    )]
    Unreadable {
        /// The HTTP status.
        status: u16,
    },
    /// It could not be reached.
    #[error(transparent)]
    Network(#[from] Failure),
}

impl TokenError {
    /// Whether asking again later may help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Refused { code, .. } => code == "temporarily_unavailable",
            Self::Unreadable { status } => *status == 429 || *status >= 500,
            Self::Network(_) => true,
        }
    }
}

/// The server's own token for Talent, by client credentials (RFC 6749 §4.4); fetched once, kept until
/// shortly before it runs out.
#[derive(Debug)]
pub struct TokenSource {
    entra: Entra,
    scope: String,
    // Held while fetching, so that many requests at once fetch one token.
    cached: Mutex<Option<(String, Timestamp)>>,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: u32,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl TokenSource {
    /// Tokens of this app registration for `scope`, such as [`eloops_talent::Root::scope`].
    #[must_use]
    pub fn new(entra: Entra, scope: String) -> Self {
        Self {
            entra,
            scope,
            cached: Mutex::new(None),
        }
    }

    /// A token that is good for some minutes at least.
    ///
    /// # Errors
    /// [`TokenError`].
    pub async fn get(
        &self,
        transport: &dyn Transport,
        clock: &dyn Clock,
    ) -> Result<String, TokenError> {
        let mut cached = self.cached.lock().await;
        if let Some((token, good_until)) = &*cached
            && clock.now() < *good_until
        {
            return Ok(token.clone());
        }
        let answer = self.fetch(transport).await?;
        let lifetime = Duration::from_secs(u64::from(answer.expires_in));
        // A token shorter than the margin is used once.
        let good_for = lifetime.saturating_sub(MARGIN);
        let good_until = clock.now().checked_add(good_for).unwrap_or(Timestamp::MAX);
        *cached = Some((answer.access_token.clone(), good_until));
        Ok(answer.access_token)
    }

    /// Drops a token that Talent did not accept; the next call fetches another.
    pub async fn forget(&self, token: &str) {
        let mut cached = self.cached.lock().await;
        if cached.as_ref().is_some_and(|(known, _)| known == token) {
            *cached = None;
        }
    }

    async fn fetch(&self, transport: &dyn Transport) -> Result<Answer, TokenError> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", self.entra.client_id.as_str()),
            ("client_secret", self.entra.client_secret.expose()),
            ("scope", self.scope.as_str()),
        ];
        let response = transport
            .post_form(&self.entra.token_endpoint(), &form)
            .await?;
        let unreadable = TokenError::Unreadable {
            status: response.status,
        };
        if response.is_success() {
            return serde_json::from_slice(&response.body).map_err(|_| unreadable);
        }
        let refusal: Refusal = serde_json::from_slice(&response.body).map_err(|_| unreadable)?;
        // The lines after the first are trace ids and times.
        let message = refusal
            .error_description
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        Err(TokenError::Refused {
            code: refusal.error,
            message,
        })
    }
}
