//! The user's tokens at rest: sealed, and only what a later request needs.

use crate::auth::oauth::Tokens;
use crate::http::Space;
use crate::http::api::{KEPT_TOKENS_PURPOSE, KeptTokens};

/// What is kept of an answer of the token endpoint; none where it gave no refresh token.
///
/// # Errors
/// When the system gives no randomness.
pub(super) fn seal(space: &Space, tokens: &Tokens) -> Result<Option<String>, String> {
    let Some(refresh_token) = tokens.refresh_token.clone() else {
        return Ok(None);
    };
    let text =
        serde_json::to_string(&KeptTokens { refresh_token }).map_err(|error| error.to_string())?;
    let sealed = space.sealer.seal(&text, KEPT_TOKENS_PURPOSE);
    sealed.map(Some).map_err(|error| error.to_string())
}

/// What [`seal`] kept; none when it cannot be opened any more.
pub(super) fn open(space: &Space, sealed: &str) -> Option<KeptTokens> {
    match space.sealer.open(sealed, KEPT_TOKENS_PURPOSE) {
        Ok(text) => serde_json::from_str(&text).ok(),
        Err(error) => {
            tracing::warn!(%error, "a session's tokens cannot be opened");
            None
        }
    }
}
