//! The document in which a sign-in service publishes its keys (RFC 7517 §5).

use jsonwebtoken::DecodingKey;
use serde::Deserialize;

use super::token::SigningKey;

/// The document.
#[derive(Debug, Deserialize)]
pub struct KeyDocument {
    keys: Vec<PublishedKey>,
}

/// One key as published (RFC 7517 §4), with Microsoft's `issuer` member.
#[derive(Debug, Deserialize)]
struct PublishedKey {
    kty: String,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    kid: Option<String>,
    n: Option<String>,
    e: Option<String>,
    issuer: Option<String>,
}

impl KeyDocument {
    /// The RSA keys for signatures; everything else is left alone. A key without an issuer of its own serves
    /// `default_issuer`.
    #[must_use]
    pub fn into_signing_keys(self, default_issuer: &str) -> Vec<SigningKey> {
        self.keys
            .into_iter()
            .filter_map(|key| key.into_signing_key(default_issuer))
            .collect()
    }
}

impl PublishedKey {
    fn into_signing_key(self, default_issuer: &str) -> Option<SigningKey> {
        let for_signatures = self
            .purpose
            .as_deref()
            .is_none_or(|purpose| purpose == "sig");
        let for_rs256 = self.alg.as_deref().is_none_or(|alg| alg == "RS256");
        if self.kty != "RSA" || !for_signatures || !for_rs256 {
            return None;
        }
        let key = DecodingKey::from_rsa_components(&self.n?, &self.e?).ok()?;
        Some(SigningKey {
            kid: self.kid?,
            issuer: self.issuer.unwrap_or_else(|| default_issuer.to_owned()),
            key,
        })
    }
}
