//! People's own tokens for Talent: on behalf of a bearer, or by the refresh token of a session.
//!
//! Cached by a hash of what they were made from, never by a name, so that nobody can get somebody
//! else's; many requests of one person at once make one token request (Microsoft Learn:
//! v2-oauth2-on-behalf-of-flow; AADSTS50196 stops clients that do not cache).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_lc_rs::digest;
use jiff::Timestamp;

use super::oauth::{TokenEndpoint, TokenError, Tokens};
use super::secret::Secret;
use crate::clock::SharedClock;

/// Renewed this long before the end.
const MARGIN: Duration = Duration::from_secs(300);
/// Beyond this many, ended entries are dropped.
const ROOM: usize = 10_000;

type Slot = Arc<tokio::sync::Mutex<Option<Cached>>>;

#[derive(Clone)]
struct Cached {
    token: Secret,
    until: Timestamp,
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

    /// Forgets the token of a session that was ended.
    pub fn forget_session(&self, session_hash: &str) {
        self.lock().remove(&key("session", session_hash));
    }

    async fn cached(
        &self,
        kind: &str,
        source: &str,
        fetch: impl AsyncFnOnce() -> Result<Tokens, TokenError>,
    ) -> Result<Secret, TokenError> {
        let slot = self.slot(key(kind, source));
        // Held while fetching: the second of two requests waits for the first one's token.
        let mut cached = slot.lock().await;
        let now = self.clock.now();
        if let Some(known) = cached.as_ref().filter(|known| known.until > now) {
            return Ok(known.token.clone());
        }
        let tokens = fetch().await?;
        let life = Duration::from_secs(u64::try_from(tokens.expires_in).unwrap_or(0));
        let until = now.checked_add(life.saturating_sub(MARGIN)).unwrap_or(now);
        *cached = Some(Cached {
            token: tokens.access_token.clone(),
            until,
        });
        Ok(tokens.access_token)
    }

    fn slot(&self, key: [u8; 32]) -> Slot {
        let mut slots = self.lock();
        if slots.len() >= ROOM {
            let now = self.clock.now();
            slots.retain(|_, slot| match slot.try_lock() {
                Ok(cached) => cached.as_ref().is_some_and(|known| known.until > now),
                Err(_) => true,
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
