//! The paired popup's rules: challenge, confirm code, life.
//!
//! The frame makes a secret, and gives only its hash, the challenge, to the popup's address. Frame
//! and confirmation page derive the same six digits from the challenge, so that a person sees that
//! the popup belongs to the panel. The session is bound to the challenge and handed to whoever
//! shows the secret, once.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::random::sha256;

/// Life of a pairing in seconds, from the popup's opening to the claim.
pub const PAIRING_SECONDS: i64 = 120;

/// Life of a session's bearer in seconds; the panel renews it before.
pub const BEARER_SECONDS: i64 = 3600;

/// How long a bearer goes on working after another took its place, in seconds: requests under way may finish.
pub const GRACE_SECONDS: i64 = 60;

/// Life of a session in seconds, however often it is renewed: a working day.
pub const SESSION_SECONDS: i64 = 8 * 3600;

/// A well-formed challenge: the SHA-256 of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    text: String,
    hash: [u8; 32],
}

impl Challenge {
    /// Reads a challenge from the popup's address: base64url of 32 bytes without padding.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hash = thirty_two_bytes(text)?;
        Some(Self {
            text: text.to_owned(),
            hash,
        })
    }

    /// The challenge of a secret as the frame sends it, hashed as text. The secret, too, is
    /// base64url of 32 bytes.
    #[must_use]
    pub fn of_secret(secret: &str) -> Option<Self> {
        thirty_two_bytes(secret)?;
        Self::parse(&sha256(secret))
    }

    /// The challenge as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The code that both sides show: first four bytes, big-endian, modulo a million, as
    /// `123 456`.
    #[must_use]
    pub fn confirm_code(&self) -> String {
        let [a, b, c, d, ..] = self.hash;
        let code = u32::from_be_bytes([a, b, c, d]) % 1_000_000;
        format!("{:03} {:03}", code / 1000, code % 1000)
    }
}

fn thirty_two_bytes(text: &str) -> Option<[u8; 32]> {
    (text.len() == 43)
        .then(|| URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenge_and_code_of_a_known_secret() {
        // SHA-256 of 43 times "A", computed with `printf AAA… | sha256sum`.
        let secret = "A".repeat(43);
        let challenge = Challenge::of_secret(&secret).unwrap();
        assert_eq!(
            challenge.as_str(),
            "DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQnip4TOnlzRo"
        );
        assert_eq!(
            Challenge::parse(challenge.as_str()),
            Some(challenge.clone())
        );
        assert_eq!(challenge.confirm_code(), "687 813");
    }

    #[test]
    fn the_code_keeps_its_leading_zeros() {
        let mut bytes = [0_u8; 32];
        bytes[..4].copy_from_slice(&7_u32.to_be_bytes());
        let challenge = Challenge::parse(&URL_SAFE_NO_PAD.encode(bytes)).unwrap();
        assert_eq!(challenge.confirm_code(), "000 007");
    }

    #[test]
    fn malformed_challenges_are_refused() {
        let padded = format!("{}=", "A".repeat(43));
        for text in [
            "",
            "abc",
            &"A".repeat(42),
            &"A".repeat(44),
            &"!".repeat(43),
            &padded,
        ] {
            assert_eq!(Challenge::parse(text), None, "{text:?}");
        }
        // 43 characters carry 258 bits: the last two have to be zero.
        assert_eq!(Challenge::parse(&format!("{}B", "A".repeat(42))), None);
    }
}
