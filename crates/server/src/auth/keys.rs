//! The cache of signing keys (Microsoft Learn: signing-key-rollover).
//!
//! - Fetched at start and hourly by [`KeyCache::refresh`], and when a token names an unknown key,
//!   but for that reason at most every five minutes, whoever asks.
//! - One fetch at a time; everybody else waits for it.
//! - When a fetch fails the last good keys stay, for a day.
//! - A set that differs from the present one is only trusted alone once a token was validated with
//!   it: until then the present set answers beside it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;

use super::token::SigningKey;

/// A flood of tokens with made-up key ids causes one fetch in this time (seconds).
pub const UNKNOWN_KEY_INTERVAL: f64 = 300.0;
/// Regular refresh (seconds).
pub const REFRESH_INTERVAL: f64 = 3600.0;
/// How long keys are trusted after the last successful fetch (seconds).
pub const KEY_LIFETIME: f64 = 86_400.0;
/// Pause after a failed fetch while there are no keys at all (seconds).
const RETRY_INTERVAL: f64 = 5.0;
/// Entra publishes about ten; more than this is not a key set.
const MAX_KEYS: usize = 1000;

/// Where keys come from: the authority's discovery and keys documents.
#[async_trait]
pub trait KeySource: Send + Sync {
    /// Reads the published keys.
    ///
    /// # Errors
    /// Why they could not be read, in words for the log.
    async fn fetch_keys(&self) -> Result<Vec<SigningKey>, String>;
}

/// Why there is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The keys are known and this one is not among them.
    #[error("the token's key is unknown")]
    Unknown,
    /// No keys could be read, so nothing can be said about any token.
    #[error("the sign-in service's keys cannot be read at present")]
    Unavailable,
}

/// See the module.
pub struct KeyCache<S> {
    source: Arc<S>,
    state: RwLock<State>,
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    current: Option<KeySet>,
    candidate: Option<KeySet>,
    last_attempt: Option<f64>,
    last_for_unknown: Option<f64>,
}

struct KeySet {
    keys: HashMap<String, SigningKey>,
    fetched_at: f64,
}

impl KeySet {
    fn find(&self, kid: &str, now: f64) -> Option<SigningKey> {
        (now - self.fetched_at <= KEY_LIFETIME)
            .then(|| self.keys.get(kid).cloned())
            .flatten()
    }

    fn same_ids(&self, other: &Self) -> bool {
        self.keys.len() == other.keys.len()
            && self.keys.keys().all(|kid| other.keys.contains_key(kid))
    }
}

impl State {
    fn find(&self, kid: &str, now: f64) -> Option<SigningKey> {
        [&self.candidate, &self.current]
            .into_iter()
            .flatten()
            .find_map(|set| set.find(kid, now))
    }

    /// Whether a token with an unknown key may cause a fetch now.
    fn may_fetch(&self, now: f64) -> bool {
        let pause_over = |last: Option<f64>, pause: f64| last.is_none_or(|at| now - at >= pause);
        if self.current.is_none() && self.candidate.is_none() {
            pause_over(self.last_attempt, RETRY_INTERVAL)
        } else {
            pause_over(self.last_for_unknown, UNKNOWN_KEY_INTERVAL)
        }
    }

    fn accept(&mut self, keys: Vec<SigningKey>, now: f64) {
        let set = KeySet {
            keys: keys
                .into_iter()
                .take(MAX_KEYS)
                .map(|key| (key.kid.clone(), key))
                .collect(),
            fetched_at: now,
        };
        match &self.current {
            Some(current) if !current.same_ids(&set) => self.candidate = Some(set),
            _ => {
                self.current = Some(set);
                self.candidate = None;
            }
        }
    }
}

impl<S: KeySource> KeyCache<S> {
    /// An empty cache; the first [`Self::refresh`] or [`Self::find`] fills it.
    pub fn new(source: Arc<S>) -> Self {
        Self {
            source,
            state: RwLock::default(),
            fetching: tokio::sync::Mutex::default(),
        }
    }

    /// Where the keys come from.
    pub fn source(&self) -> &S {
        &self.source
    }

    /// The key of this id. `now` is in seconds since the epoch.
    ///
    /// # Errors
    /// When it is unknown even after the fetch that is allowed now, or no keys can be read.
    pub async fn find(&self, kid: &str, now: f64) -> Result<SigningKey, KeyError> {
        if let Some(key) = self.read(|state| state.find(kid, now)) {
            return Ok(key);
        }
        // Also without a right to fetch: one that is on its way may bring this key.
        let _one_at_a_time = self.fetching.lock().await;
        if let Some(key) = self.read(|state| state.find(kid, now)) {
            return Ok(key);
        }
        if self.read(|state| state.may_fetch(now)) {
            self.write(|state| {
                if state.current.is_some() {
                    state.last_for_unknown = Some(now);
                }
            });
            self.fetch(now).await;
        }
        self.read(|state| match state.find(kid, now) {
            Some(key) => Ok(key),
            None if state.current.is_none() => Err(KeyError::Unavailable),
            None => Err(KeyError::Unknown),
        })
    }

    /// Says that a token was validated with this key: a set that holds it is now trusted alone.
    pub fn confirm(&self, kid: &str) {
        if self.read(|state| state.candidate.is_none()) {
            return;
        }
        self.write(|state| {
            if let Some(set) = state.candidate.take_if(|set| set.keys.contains_key(kid)) {
                state.current = Some(set);
            }
        });
    }

    /// Reads the keys now: at start and hourly. A failure is logged and leaves the last good keys.
    pub async fn refresh(&self, now: f64) {
        let _one_at_a_time = self.fetching.lock().await;
        self.fetch(now).await;
    }

    async fn fetch(&self, now: f64) {
        self.write(|state| state.last_attempt = Some(now));
        match self.source.fetch_keys().await {
            Ok(keys) if !keys.is_empty() => {
                tracing::debug!(keys = keys.len(), "read the sign-in service's keys");
                self.write(|state| state.accept(keys, now));
            }
            Ok(_) => {
                tracing::warn!("the sign-in service published no usable keys; keeping the last")
            }
            Err(reason) => {
                tracing::warn!(
                    reason,
                    "cannot read the sign-in service's keys; keeping the last"
                );
            }
        }
    }

    fn read<T>(&self, f: impl FnOnce(&State) -> T) -> T {
        f(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write<T>(&self, f: impl FnOnce(&mut State) -> T) -> T {
        f(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests;
