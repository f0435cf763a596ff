//! The paired sign-in's pure part: base64url and the confirm code. The panel makes a secret, opens
//! a window with its challenge, and claims the session with the secret; both show the same code.

/// How long a pairing lives once its window is open, in milliseconds.
pub const LIFETIME_MS: u32 = 120_000;

/// How often the panel asks whether it was confirmed, in milliseconds.
pub const CLAIM_EVERY_MS: u32 = 1_000;

/// What a pairing shows and sends through the window; the secret is not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// base64url of SHA-256 over the secret's text.
    pub challenge: String,
    /// Six digits as `123 456`, the same on the confirmation page.
    pub code: String,
}

impl Ticket {
    /// The ticket for the SHA-256 digest of the secret's text.
    pub fn new(digest: &[u8; 32]) -> Self {
        Self {
            challenge: base64url(digest),
            code: confirm_code(digest),
        }
    }
}

/// base64url without padding (RFC 4648 §5).
pub fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0_u8; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..=chunk.len() {
            let index = (bits >> (18 - 6 * place)) & 63;
            text.push(char::from(ALPHABET[index as usize]));
        }
    }
    text
}

/// The first four bytes as a big-endian number, modulo a million, as `123 456`.
fn confirm_code(digest: &[u8; 32]) -> String {
    let mut rest = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % 1_000_000;
    let mut digits = [b'0'; 7];
    digits[3] = b' ';
    for place in [6, 5, 4, 2, 1, 0] {
        digits[place] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    digits.iter().map(|&digit| char::from(digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64url_of_the_rfc() {
        let cases = [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in cases {
            assert_eq!(base64url(plain.as_bytes()), coded);
        }
        assert_eq!(
            base64url(&[0xff, 0xef, 0xbe]),
            "_---",
            "the two characters that differ from base64"
        );
    }

    #[test]
    fn the_code_is_six_digits_in_two_groups() {
        let mut digest = [0_u8; 32];
        digest[..4].copy_from_slice(&1_004_000_042_u32.to_be_bytes());
        assert_eq!(Ticket::new(&digest).code, "000 042");
        digest[..4].copy_from_slice(&u32::MAX.to_be_bytes());
        assert_eq!(Ticket::new(&digest).code, "967 295");
    }

    #[test]
    fn the_challenge_is_the_whole_digest() {
        assert_eq!(Ticket::new(&[0; 32]).challenge, "A".repeat(43));
    }
}
