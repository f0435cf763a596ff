//! Randomness that nobody can guess, and the hash under which such values are kept.

use aws_lc_rs::{digest, rand};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 32 random bytes as base64url without padding: 43 characters.
///
/// # Errors
/// When the system gives no randomness; nothing may go on then.
pub fn token() -> Result<String, NoRandomness> {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// SHA-256 of a text as base64url without padding: how bearers and states are kept at rest, and
/// how a challenge is made from its secret (RFC 7636 §4.2 does the same).
#[must_use]
pub fn sha256(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes()))
}

/// The system gave no randomness.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the system gives no randomness")]
pub struct NoRandomness;
