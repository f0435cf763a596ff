//! Keys that sign anything, however wrong.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaEncoding,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eloops_server::auth::token::SigningKey;
use jsonwebtoken::DecodingKey;
use serde_json::{Value, json};

/// A key of a sign-in service, with what is published of it.
pub(crate) struct Signer {
    private: KeyPair,
    pub(crate) kid: String,
    /// The issuer it may sign for; holds `{tenantid}` when it serves every tenant.
    pub(crate) issuer: String,
}

impl Signer {
    pub(crate) fn new(kid: &str, issuer: &str) -> Self {
        Self {
            private: KeyPair::generate(KeySize::Rsa2048).unwrap(),
            kid: kid.to_owned(),
            issuer: issuer.to_owned(),
        }
    }

    /// Modulus and exponent.
    pub(crate) fn numbers(&self) -> (&[u8], &[u8]) {
        let public = self.private.public_key();
        (
            public.modulus().big_endian_without_leading_zero(),
            public.exponent().big_endian_without_leading_zero(),
        )
    }

    /// The public key as PKCS #1.
    pub(crate) fn public_der(&self) -> &[u8] {
        self.private.public_key().as_ref()
    }

    pub(crate) fn published(&self) -> SigningKey {
        let (modulus, exponent) = self.numbers();
        SigningKey {
            kid: self.kid.clone(),
            issuer: self.issuer.clone(),
            key: DecodingKey::from_rsa_raw_components(modulus, exponent),
        }
    }

    /// As it stands in a keys document.
    pub(crate) fn jwk(&self) -> Value {
        let (modulus, exponent) = self.numbers();
        json!({
            "kty": "RSA", "use": "sig", "kid": self.kid, "issuer": self.issuer,
            "n": URL_SAFE_NO_PAD.encode(modulus), "e": URL_SAFE_NO_PAD.encode(exponent),
        })
    }

    /// Signs a header and a payload as RS256.
    pub(crate) fn sign(&self, header: &str, payload: &str) -> String {
        self.sign_text(&signed_part(header, payload))
    }

    /// Signs what stands before the last dot, whatever it is.
    pub(crate) fn sign_text(&self, signed: &str) -> String {
        self.sign_as("RS256", signed)
    }

    /// Signs by one of the algorithms an RSA key can do.
    pub(crate) fn sign_as(&self, algorithm: &str, signed: &str) -> String {
        let encoding: &'static dyn RsaEncoding = match algorithm {
            "RS256" => &RSA_PKCS1_SHA256,
            "RS384" => &RSA_PKCS1_SHA384,
            "RS512" => &RSA_PKCS1_SHA512,
            "PS256" => &RSA_PSS_SHA256,
            other => panic!("no RSA algorithm: {other}"),
        };
        let mut signature = vec![0; self.private.public_modulus_len()];
        self.private
            .sign(
                encoding,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// Header and payload in base64url, with the dot between them.
pub(crate) fn signed_part(header: &str, payload: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}", part(header), part(payload))
}

/// Signs by HMAC, as somebody who takes a public key for a shared secret.
pub(crate) fn hmac_signed(secret: &[u8], header: &str, payload: &str) -> String {
    let signed = signed_part(header, payload);
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes()));
    format!("{signed}.{signature}")
}
