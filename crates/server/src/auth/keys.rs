//! The cache of signing keys (Microsoft Learn: signing-key-rollover).
//!
//! - Fetched at start and hourly by [`KeyCache::keep_fresh`], and when a token names an unknown key,
//!   but for that reason at most every five minutes, whoever asks.
//! - One fetch at a time; everybody else who needs it waits for it, and nobody can cut it short by hanging up.
//!   Who brings a known key never waits.
//! - When a fetch fails the last good keys stay, for a day.
//! - A key that is no longer published is refused from the fetch on that learns of it. Only a set that shares no
//!   key with the one before is suspect: until a token was validated with it, and for five minutes at most, the set
//!   before answers beside it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;

use super::token::SigningKey;
use crate::clock::Clock;

/// A flood of tokens with made-up key ids causes one fetch in this time (seconds).
pub const UNKNOWN_KEY_INTERVAL: f64 = 300.0;
/// Regular refresh.
pub const REFRESH_INTERVAL: Duration = Duration::from_secs(3600);
/// How long the set before answers beside one that shares no key with it (seconds).
pub const UNPROVEN_INTERVAL: f64 = 300.0;
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
pub struct KeyCache<S>(Arc<Inner<S>>);

struct Inner<S> {
    source: Arc<S>,
    state: RwLock<State>,
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    current: Option<KeySet>,
    // The set before, while the current one shares nothing with it and is not proven; and until when.
    before: Option<(KeySet, f64)>,
    last_attempt: Option<f64>,
    last_for_unknown: Option<f64>,
}

struct KeySet {
    keys: HashMap<String, SigningKey>,
    fetched_at: f64,
}

impl KeySet {
    fn is_fresh(&self, now: f64) -> bool {
        now - self.fetched_at <= KEY_LIFETIME
    }

    fn shares_a_key_with(&self, other: &Self) -> bool {
        self.keys.keys().any(|kid| other.keys.contains_key(kid))
    }
}

impl State {
    fn find(&self, kid: &str, now: f64) -> Option<SigningKey> {
        let before = self.before.as_ref().filter(|(_, until)| now < *until);
        self.current
            .iter()
            .chain(before.map(|(set, _)| set))
            .filter(|set| set.is_fresh(now))
            .find_map(|set| set.keys.get(kid).cloned())
    }

    /// Whether anything can be said about tokens.
    fn has_keys(&self, now: f64) -> bool {
        self.current.as_ref().is_some_and(|set| set.is_fresh(now))
    }

    /// Whether a token with an unknown key may cause a fetch now.
    fn may_fetch(&self, now: f64) -> bool {
        let pause_over = |last: Option<f64>, pause: f64| last.is_none_or(|at| now - at >= pause);
        if self.has_keys(now) {
            pause_over(self.last_for_unknown, UNKNOWN_KEY_INTERVAL)
        } else {
            pause_over(self.last_attempt, RETRY_INTERVAL)
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
        let replaced = self.current.take();
        self.before = match (self.before.take(), replaced) {
            // Still unproven, and again other keys: the proven set's time runs on.
            (Some((proven, until)), _) => Some((proven, until)),
            (None, Some(proven)) => Some((proven, now + UNPROVEN_INTERVAL)),
            (None, None) => None,
        }
        .filter(|(proven, until)| now < *until && !set.shares_a_key_with(proven));
        self.current = Some(set);
    }
}

impl<S: KeySource + 'static> KeyCache<S> {
    /// An empty cache; the first [`Self::refresh`] or [`Self::find`] fills it.
    pub fn new(source: Arc<S>) -> Self {
        Self(Arc::new(Inner {
            source,
            state: RwLock::default(),
            fetching: tokio::sync::Mutex::default(),
        }))
    }

    /// Where the keys come from.
    pub fn source(&self) -> &S {
        &self.0.source
    }

    /// The key of this id. `now` is in seconds since the epoch.
    ///
    /// # Errors
    /// When it is unknown even after the fetch that is allowed now, or no keys can be read.
    pub async fn find(&self, kid: &str, now: f64) -> Result<SigningKey, KeyError> {
        if let Some(key) = self.0.read(|state| state.find(kid, now)) {
            return Ok(key);
        }
        let idle = self.0.fetching.try_lock().is_ok();
        if idle && !self.0.read(|state| state.may_fetch(now)) {
            return self.0.known(kid, now);
        }
        let (inner, kid) = (Arc::clone(&self.0), kid.to_owned());
        // On a task of its own: a caller who hangs up has used the one fetch in five minutes, so it has to end.
        tokio::spawn(async move { inner.find_or_fetch(&kid, now).await })
            .await
            .unwrap_or(Err(KeyError::Unavailable))
    }

    /// Says that a token was validated with this key: a set that holds it is now trusted alone.
    pub fn confirm(&self, kid: &str) {
        let proves = |state: &State| {
            let current = state.current.as_ref();
            state.before.is_some() && current.is_some_and(|set| set.keys.contains_key(kid))
        };
        if self.0.read(proves) {
            self.0.write(|state| {
                if proves(state) {
                    state.before = None;
                }
            });
        }
    }

    /// Reads the keys now. A failure is logged and leaves the last good keys.
    pub async fn refresh(&self, now: f64) {
        let _one_at_a_time = self.0.fetching.lock().await;
        self.0.fetch(now).await;
    }

    /// Reads the keys now and hourly, for ever.
    pub async fn keep_fresh(&self, clock: &dyn Clock) {
        loop {
            self.refresh(clock.seconds()).await;
            clock.sleep(REFRESH_INTERVAL).await;
        }
    }
}

impl<S: KeySource> Inner<S> {
    async fn find_or_fetch(&self, kid: &str, now: f64) -> Result<SigningKey, KeyError> {
        // Also without a right to fetch: one that is on its way may bring this key.
        let _one_at_a_time = self.fetching.lock().await;
        if let Some(key) = self.read(|state| state.find(kid, now)) {
            return Ok(key);
        }
        if self.read(|state| state.may_fetch(now)) {
            self.write(|state| {
                if state.has_keys(now) {
                    state.last_for_unknown = Some(now);
                }
            });
            self.fetch(now).await;
        }
        self.known(kid, now)
    }

    /// What can be said without a fetch.
    fn known(&self, kid: &str, now: f64) -> Result<SigningKey, KeyError> {
        self.read(|state| match state.find(kid, now) {
            Some(key) => Ok(key),
            None if state.has_keys(now) => Err(KeyError::Unknown),
            None => Err(KeyError::Unavailable),
        })
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
