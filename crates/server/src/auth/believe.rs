//! Whether a bearer of the API is believed: the one way in for tokens of Microsoft's sign-in.

use super::keys::{KeyCache, KeyError, KeySource};
use super::principal::{ADMIN, SCOPE};
use super::token::{self, Policy, Refusal, Verified};

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unbelieved {
    /// It breaks a rule.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// No keys could be read, so nothing can be said about it.
    #[error("the sign-in service's keys cannot be read at present")]
    KeysUnavailable,
}

/// Checks an access token for the API: its form, its key, its signature, its claims and what it grants. `now` is in seconds
/// since the epoch.
///
/// # Errors
/// The first rule that it breaks; nothing of the reason belongs into an answer.
pub async fn believe<S: KeySource + 'static>(
    keys: &KeyCache<S>,
    policy: &Policy,
    bearer: &str,
    now: f64,
) -> Result<Verified, Unbelieved> {
    let kid = token::peek_kid(bearer)?;
    let key = match keys.find(&kid, now).await {
        Ok(key) => key,
        Err(KeyError::Unknown) => return Err(Refusal::UnknownKey.into()),
        Err(KeyError::Unavailable) => return Err(Unbelieved::KeysUnavailable),
    };
    let verified = token::verify_access_token(bearer, &key, policy, now)?;
    // Believed, even where it grants nothing: the key is proven.
    keys.confirm(&kid);
    verified.check_grant(SCOPE, ADMIN)?;
    Ok(verified)
}
