//! People's own tokens for Talent: on behalf of a bearer, or by the refresh token of a session.
//!
//! Cached by a hash of what they were made from, never by a name, so that nobody can get somebody
//! else's; many requests of one person at once make one token request (Microsoft Learn:
//! v2-oauth2-on-behalf-of-flow; AADSTS50196 stops clients that do not cache). A refusal is kept too, for seconds that
//! double with each further one: whoever keeps asking does not make us keep asking. It takes the place of the token
//! that was cached, so a claims challenge is never answered with what is cached.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest;
use jiff::Timestamp;

use super::oauth::{Outage, TokenEndpoint, TokenError, Tokens};
use super::secret::Secret;
use crate::clock::SharedClock;

/// Renewed this long before the end.
const MARGIN: Duration = Duration::from_secs(300);
/// A first failure is kept for this long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// No failure is kept for longer, unless the sign-in service itself asks for more.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// Beyond this many, ended entries are dropped.
const ROOM: usize = 10_000;

type Slot = Arc<tokio::sync::Mutex<Known>>;

/// What is known of one source of tokens.
#[derive(Clone, Default)]
enum Known {
    #[default]
    Nothing,
    /// A token, when to renew it, and when it ends.
    Token {
        token: Secret,
        renew_at: Timestamp,
        ends_at: Timestamp,
    },
    /// The last of `times` failures in a row, and until when it stands.
    Failed {
        error: TokenError,
        times: u32,
        until: Timestamp,
    },
}

impl Known {
    /// What can be answered without asking.
    fn answer(&self, now: Timestamp) -> Option<Result<Secret, TokenError>> {
        match self {
            Self::Token {
                token, renew_at, ..
            } if now < *renew_at => Some(Ok(token.clone())),
            Self::Failed { error, until, .. } if now < *until => Some(Err(error.clone())),
            _ => None,
        }
    }

    /// What is known after asking, at `now`.
    fn after(&self, asked: Result<Tokens, TokenError>, now: Timestamp) -> Self {
        let later = |by: Duration| now.checked_add(by).unwrap_or(now);
        let error = match asked {
            Ok(tokens) => {
                let life = Duration::from_secs(u64::try_from(tokens.expires_in).unwrap_or(0));
                return Self::Token {
                    token: tokens.access_token,
                    renew_at: later(life.saturating_sub(MARGIN)),
                    ends_at: later(life),
                };
            }
            Err(error) => error,
        };
        match self {
            // It was to be renewed early; while nobody can be asked it serves to its end.
            Self::Token { token, ends_at, .. } if error.is_retryable() && now < *ends_at => {
                Self::Token {
                    token: token.clone(),
                    renew_at: later(FIRST_PAUSE).min(*ends_at),
                    ends_at: *ends_at,
                }
            }
            _ => {
                let times = match self {
                    Self::Failed { times, .. } => times.saturating_add(1),
                    _ => 1,
                };
                let doubled = FIRST_PAUSE * 2_u32.saturating_pow((times - 1).min(8));
                let pause = doubled
                    .min(LONGEST_PAUSE)
                    .max(error.retry_after().unwrap_or_default());
                Self::Failed {
                    error,
                    times,
                    until: later(pause),
                }
            }
        }
    }

    /// Whether it may be forgotten.
    fn is_over(&self, now: Timestamp) -> bool {
        match self {
            Self::Nothing => true,
            Self::Token { ends_at, .. } => *ends_at <= now,
            Self::Failed { until, .. } => *until <= now,
        }
    }
}

/// See the module.
pub struct UserTokens {
    endpoint: Arc<TokenEndpoint>,
    scope: String,
    clock: SharedClock,
    slots: Mutex<HashMap<[u8; 32], Slot>>,
}

impl UserTokens {
    /// For one resource, such as `https://contoso.operations.dynamics.com/.default`.
    #[must_use]
    pub fn new(endpoint: Arc<TokenEndpoint>, scope: String, clock: SharedClock) -> Self {
        Self {
            endpoint,
            scope,
            clock,
            slots: Mutex::default(),
        }
    }

    /// The token of the person who brought `assertion`, a token for our API.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn on_behalf_of(&self, assertion: &Secret) -> Result<Secret, TokenError> {
        self.cached("obo", assertion.expose(), async || {
            self.endpoint
                .on_behalf_of(assertion.expose(), &self.scope)
                .await
        })
        .await
    }

    /// The token of a session, whose refresh token `refresh` gives; `keep` gets the new tokens, since
    /// Entra may replace the refresh token.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn of_session(
        &self,
        session_hash: &str,
        refresh: &Secret,
        keep: impl AsyncFnOnce(&Tokens),
    ) -> Result<Secret, TokenError> {
        self.cached("session", session_hash, async || {
            let tokens = self.endpoint.refresh(refresh.expose(), &self.scope).await?;
            keep(&tokens).await;
            Ok(tokens)
        })
        .await
    }

    /// Forgets the token of a session that was ended, or that Talent did not accept.
    pub fn forget_session(&self, session_hash: &str) {
        self.lock().remove(&key("session", session_hash));
    }

    /// Forgets a token that was made from `assertion` and that Talent did not accept.
    pub fn forget_assertion(&self, assertion: &Secret) {
        self.lock().remove(&key("obo", assertion.expose()));
    }

    async fn cached(
        &self,
        kind: &str,
        source: &str,
        fetch: impl AsyncFnOnce() -> Result<Tokens, TokenError>,
    ) -> Result<Secret, TokenError> {
        let slot = self.slot(key(kind, source));
        // Held while fetching: the second of two requests waits for what the first one learns, be it a refusal.
        let mut known = slot.lock().await;
        if let Some(answer) = known.answer(self.clock.now()) {
            return answer;
        }
        let asked = fetch().await;
        // The time may have gone on while it was asked.
        *known = known.after(asked, self.clock.now());
        match &*known {
            Known::Token { token, .. } => Ok(token.clone()),
            Known::Failed { error, .. } => Err(error.clone()),
            Known::Nothing => Err(TokenError::Unavailable(Outage::passing(
                "nothing was asked",
            ))),
        }
    }

    fn slot(&self, key: [u8; 32]) -> Slot {
        let mut slots = self.lock();
        if slots.len() >= ROOM {
            let now = self.clock.now();
            slots.retain(|_, slot| {
                // Somebody else holds it, or is about to.
                Arc::strong_count(slot) > 1
                    || slot.try_lock().is_ok_and(|known| !known.is_over(now))
            });
        }
        Arc::clone(slots.entry(key).or_default())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(kind: &str, source: &str) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(kind.as_bytes());
    context.update(b"\n");
    context.update(source.as_bytes());
    let mut key = [0; 32];
    key.copy_from_slice(context.finish().as_ref());
    key
}

#[cfg(test)]
mod tests;
