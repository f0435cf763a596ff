//! JSON Web Tokens in compact form (RFC 7519, RFC 7515), signed with RS256.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::keys::{Key, Keys, NoKey};

/// Members of a header or claims of a token.
pub(crate) type Members = Map<String, Value>;

/// Seconds two clocks may differ.
const SKEW_S: i64 = 300;

/// Why a token is not good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Invalid {
    #[error("the token is malformed")]
    Malformed,
    #[error("the token's signature does not match a published key")]
    Signature,
    #[error("the token has expired")]
    Expired,
    #[error("the token is not valid yet")]
    TooEarly,
}

/// The header Entra gives a token: `x5t` only in the v1 shape.
pub(crate) fn header(key: &Key, with_thumbprint: bool) -> Members {
    let mut members = Members::new();
    members.insert("typ".into(), json!("JWT"));
    members.insert("alg".into(), json!("RS256"));
    if with_thumbprint {
        members.insert("x5t".into(), json!(key.id));
    }
    members.insert("kid".into(), json!(key.id));
    members
}

/// Signs with the key, whatever the header says: that lets tests forge.
pub(crate) fn sign(key: &Key, header: &Members, claims: &Members) -> Result<String, NoKey> {
    let part = |members: &Members| URL_SAFE_NO_PAD.encode(Value::from(members.clone()).to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(message.as_bytes())?);
    Ok(format!("{message}.{signature}"))
}

/// A token taken apart; nothing of it is trusted yet.
#[derive(Debug)]
pub(crate) struct Parts<'a> {
    pub(crate) header: Members,
    pub(crate) claims: Members,
    /// What the signature is over.
    pub(crate) message: &'a str,
    pub(crate) signature: Vec<u8>,
}

impl<'a> Parts<'a> {
    /// # Errors
    /// [`Invalid::Malformed`] when it is not three parts of the right form.
    pub(crate) fn read(token: &'a str) -> Result<Self, Invalid> {
        let (message, signature) = token.rsplit_once('.').ok_or(Invalid::Malformed)?;
        let (header, claims) = message.split_once('.').ok_or(Invalid::Malformed)?;
        let signature = URL_SAFE_NO_PAD.decode(signature);
        Ok(Self {
            header: members(header)?,
            claims: members(claims)?,
            message,
            signature: signature.map_err(|_| Invalid::Malformed)?,
        })
    }
}

/// The claims of a token we signed, when it holds at `now`.
pub(crate) fn verify(token: &str, keys: &Keys, now: Timestamp) -> Result<Members, Invalid> {
    let Parts {
        header,
        claims,
        message,
        signature,
    } = Parts::read(token)?;
    if header.get("alg").and_then(Value::as_str) != Some("RS256") {
        return Err(Invalid::Signature);
    }
    let id = header
        .get("kid")
        .and_then(Value::as_str)
        .ok_or(Invalid::Signature)?;
    let key = keys.get(id).ok_or(Invalid::Signature)?;
    if !key.verifies(message.as_bytes(), &signature) {
        return Err(Invalid::Signature);
    }
    let second = |claim| {
        claims
            .get(claim)
            .and_then(Value::as_i64)
            .ok_or(Invalid::Malformed)
    };
    if second("exp")? <= now.as_second() {
        return Err(Invalid::Expired);
    }
    if second("nbf")? > now.as_second() + SKEW_S {
        return Err(Invalid::TooEarly);
    }
    Ok(claims)
}

fn members(part: &str) -> Result<Members, Invalid> {
    let text = URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| Invalid::Malformed)?;
    serde_json::from_slice(&text).map_err(|_| Invalid::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(exp: i64) -> Members {
        let Value::Object(members) = json!({ "exp": exp, "nbf": 1_000 }) else {
            unreachable!()
        };
        members
    }

    #[test]
    fn what_was_signed_is_read_back_and_nothing_else() {
        let keys = Keys::generate().unwrap();
        let key = keys.signing().unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        let token = sign(&key, &header(&key, true), &claims(2_000)).unwrap();
        assert_eq!(verify(&token, &keys, at(1_999)), Ok(claims(2_000)));
        assert_eq!(verify(&token, &keys, at(2_000)), Err(Invalid::Expired));
        assert_eq!(verify(&token, &keys, at(600)), Err(Invalid::TooEarly));
        let mut none = header(&key, false);
        none.insert("alg".into(), json!("none"));
        let forged = sign(&key, &none, &claims(2_000)).unwrap();
        assert_eq!(verify(&forged, &keys, at(1_500)), Err(Invalid::Signature));
        let other = Keys::generate().unwrap();
        assert_eq!(verify(&token, &other, at(1_500)), Err(Invalid::Signature));
    }

    #[test]
    fn what_is_no_token_is_malformed() {
        let keys = Keys::generate().unwrap();
        let now = Timestamp::from_second(1_500).unwrap();
        for text in [
            "",
            ".",
            "..",
            "a.b.c",
            "e30.e30.",
            "🦊.🦊.🦊",
            "e30",
            "ey..ey",
        ] {
            let found = verify(text, &keys, now);
            assert!(
                matches!(found, Err(Invalid::Malformed | Invalid::Signature)),
                "{text}: {found:?}"
            );
        }
    }
}
