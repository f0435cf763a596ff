use serde_json::Value;

use super::json::decode_object;
use super::{MAX_TOKEN_BYTES, Refusal};

/// Members by which a token would bring its own key or demand an extension (RFC 7515 §4.1,
/// ASVS 5.0 §9.1.2 and §9.1.3).
const REFUSED_MEMBERS: [&str; 8] = ["jku", "jwk", "x5u", "x5c", "crit", "zip", "enc", "b64"];

/// What an access token or an id token may call itself (RFC 7515 §4.1.9, RFC 9068 §2.1). Another kind of JWT, such as a
/// security event or a logout token, is not taken for one (RFC 8725 §3.11).
const TYPES: [&str; 2] = ["JWT", "at+jwt"];

/// The part of the header that decides which key is asked.
pub(super) struct Header {
    pub(super) kid: String,
}

impl Header {
    pub(super) fn read(token: &str) -> Result<Self, Refusal> {
        let part = token.split('.').next().ok_or(Refusal::Malformed)?;
        let header = decode_object(part)?;
        if header.get("alg").and_then(Value::as_str) != Some("RS256") {
            return Err(Refusal::Algorithm);
        }
        if REFUSED_MEMBERS
            .iter()
            .any(|member| header.contains_key(*member))
        {
            return Err(Refusal::Header);
        }
        let known = |typ: &Value| {
            typ.as_str()
                .is_some_and(|typ| TYPES.iter().any(|known| known.eq_ignore_ascii_case(typ)))
        };
        if !header.get("typ").is_none_or(known) {
            return Err(Refusal::Header);
        }
        match header.get("kid").and_then(Value::as_str) {
            Some(kid) if !kid.is_empty() && kid.len() <= 256 => Ok(Self {
                kid: kid.to_owned(),
            }),
            _ => Err(Refusal::UnknownKey),
        }
    }
}

/// The id of the key that a token says it was signed with, before anything is believed.
///
/// # Errors
/// When the token is too long, malformed, of another algorithm, or names no key.
pub fn peek_kid(token: &str) -> Result<String, Refusal> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(Refusal::TooLong);
    }
    Header::read(token).map(|header| header.kid)
}
