//! Makes tokens for tests: genuine ones, and forgeries that differ in one point.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde_json::{Value, json};

use super::{Policy, SigningKey};

pub(crate) const TENANT: &str = "11111111-1111-1111-1111-111111111111";
pub(crate) const ISSUER: &str = "https://login.example/11111111-1111-1111-1111-111111111111/v2.0";
pub(crate) const NOW: f64 = 1_800_000_000.0;

/// A key that signs, with what is published of it.
pub(crate) struct Signer {
    private: KeyPair,
    pub(crate) public_der: Vec<u8>,
    pub(crate) published: SigningKey,
}

impl Signer {
    pub(crate) fn new(kid: &str) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let public = pair.public_key();
        let key = DecodingKey::from_rsa_raw_components(
            public.modulus().big_endian_without_leading_zero(),
            public.exponent().big_endian_without_leading_zero(),
        );
        Self {
            public_der: public.as_ref().to_vec(),
            private: pair,
            published: SigningKey {
                kid: kid.to_owned(),
                issuer: "https://login.example/{tenantid}/v2.0".to_owned(),
                key,
            },
        }
    }

    /// Signs any header and payload, however wrong.
    pub(crate) fn sign(&self, header: &str, payload: &str) -> String {
        let signed = signed_part(header, payload);
        let mut signature = vec![0; self.private.public_modulus_len()];
        let random = SystemRandom::new();
        self.private
            .sign(
                &RSA_PKCS1_SHA256,
                &random,
                signed.as_bytes(),
                &mut signature,
            )
            .unwrap();
        let signature = URL_SAFE_NO_PAD.encode(signature);
        format!("{signed}.{signature}")
    }

    /// A genuine header and these claims.
    pub(crate) fn token(&self, claims: &Value) -> String {
        self.sign(
            &header(&self.published.kid).to_string(),
            &claims.to_string(),
        )
    }
}

pub(crate) fn signed_part(header: &str, payload: &str) -> String {
    format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload)
    )
}

pub(crate) fn header(kid: &str) -> Value {
    json!({"typ": "JWT", "alg": "RS256", "kid": kid})
}

/// A user's token for our API.
pub(crate) fn claims() -> Value {
    json!({
        "aud": "api://eloops", "iss": ISSUER, "tid": TENANT, "ver": "2.0",
        "oid": "4545AC9B-a78d-4721-b626-f0f700517eab", "sub": "pairwise", "azp": "card",
        "scp": "access_as_user profile", "name": "Jodi",
        "iat": NOW - 60.0, "nbf": NOW - 60.0, "exp": NOW + 3600.0,
    })
}

/// The claims with some replaced, or removed where the value is null.
pub(crate) fn with(changes: Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name.as_str()] = value.clone();
        }
    }
    claims
}

pub(crate) fn policy() -> Policy {
    Policy {
        audiences: vec!["api://eloops".to_owned()],
        tenants: vec![TENANT.to_owned()],
        clients: None,
        sign_in_client: "eloops-server".to_owned(),
    }
}
