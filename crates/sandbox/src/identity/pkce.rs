//! Proof Key for Code Exchange (RFC 7636).

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq;

/// What the authorize request committed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    S256(String),
    Plain(String),
}

impl Challenge {
    /// From `code_challenge` and `code_challenge_method`; a method that is neither is refused.
    pub(crate) fn parse(challenge: &str, method: Option<&str>) -> Option<Self> {
        match method {
            Some("S256") => Some(Self::S256(challenge.to_owned())),
            None | Some("plain") => Some(Self::Plain(challenge.to_owned())),
            Some(_) => None,
        }
    }

    /// Whether the verifier is the one committed to.
    pub(crate) fn answers(&self, verifier: &str) -> bool {
        let (expected, found) = match self {
            Self::S256(challenge) => {
                let hash = digest(&SHA256, verifier.as_bytes());
                (challenge, URL_SAFE_NO_PAD.encode(hash.as_ref()))
            }
            Self::Plain(challenge) => (challenge, verifier.to_owned()),
        };
        expected.as_bytes().ct_eq(found.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_holds() {
        // RFC 7636, Appendix B.
        let challenge =
            Challenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Some("S256")).unwrap();
        assert!(challenge.answers("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.answers("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"));
        assert_eq!(Challenge::parse("x", Some("S512")), None);
    }
}
