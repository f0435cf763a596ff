//! The validator of access tokens.
//!
//! The first byte chooses: an even one makes the rest a token as it is; an odd one makes it a header and a payload, with a
//! NUL between them, which are signed with a published key, so that the rules behind the signature are reached. Whatever
//! is believed is read a second time, by plain rules of this file's own, and has to be what the policy asks for.
#![no_main]

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

#[path = "../../crates/server/src/auth"]
#[allow(dead_code, reason = "one file of a larger module")]
mod auth {
    pub mod token;
}

use auth::token::{Actor, Policy, SigningKey, peek_kid, verify_access_token};

const TENANT: &str = "11111111-1111-1111-1111-111111111111";
const ISSUER: &str = "https://login.example/11111111-1111-1111-1111-111111111111/v2.0";
const NOW: f64 = 1_800_000_000.0;

static KEY: LazyLock<KeyPair> =
    LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).expect("a key"));

static PUBLISHED: LazyLock<SigningKey> = LazyLock::new(|| {
    let public = KEY.public_key();
    SigningKey {
        kid: "ours".to_owned(),
        issuer: "https://login.example/{tenantid}/v2.0".to_owned(),
        key: DecodingKey::from_rsa_raw_components(
            public.modulus().big_endian_without_leading_zero(),
            public.exponent().big_endian_without_leading_zero(),
        ),
    }
});

static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy {
    audiences: vec!["api://eloops".to_owned()],
    tenants: vec![TENANT.to_owned()],
    clients: Some(vec!["card".to_owned()]),
    sign_in_client: "eloops-server".to_owned(),
});

fuzz_target!(|data: &[u8]| {
    let Some((mode, rest)) = data.split_first() else {
        return;
    };
    if mode % 2 == 0 {
        let token = String::from_utf8_lossy(rest);
        let _ = peek_kid(&token);
        let believed = verify_access_token(&token, &PUBLISHED, &POLICY, NOW);
        assert!(believed.is_err(), "nobody can sign: {token}");
        return;
    }
    let cut = rest
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(rest.len());
    let (header, payload) = rest.split_at(cut);
    let payload = payload.get(1..).unwrap_or_default();
    let token = signed(header, payload);
    if peek_kid(&token).as_deref() != Ok("ours") {
        return;
    }
    if let Ok(verified) = verify_access_token(&token, &PUBLISHED, &POLICY, NOW) {
        let header: Value = serde_json::from_slice(header).expect("a believed header is JSON");
        let claims: Value = serde_json::from_slice(payload).expect("a believed payload is JSON");
        assert_eq!(header["alg"], "RS256");
        assert_eq!(header["kid"], "ours");
        for refused in ["jku", "jwk", "x5u", "x5c", "crit", "zip", "enc", "b64"] {
            assert!(header.get(refused).is_none(), "{refused}");
        }
        assert_eq!(claims["iss"], ISSUER);
        assert_eq!(claims["tid"], TENANT);
        assert_eq!(claims["aud"], "api://eloops");
        assert_eq!(claims["azp"], "card");
        assert_eq!(claims["ver"], "2.0");
        assert!(claims["exp"].as_f64().is_some_and(|exp| exp > NOW - 60.0));
        assert!(claims["nbf"].as_f64().is_some_and(|nbf| nbf <= NOW + 60.0));
        assert!(claims.get("cnf").is_none());
        assert_eq!(verified.object_id.len(), 36);
        match &verified.actor {
            Actor::User { .. } => assert_ne!(claims["idtyp"], "app"),
            Actor::Application => {
                assert!(claims.get("scp").is_none());
                assert!(claims["idtyp"] == "app" || claims["sub"] == claims["oid"]);
            }
        }
    }
});

fn signed(header: &[u8], payload: &[u8]) -> String {
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let text = format!("{}.{}", part(header), part(payload));
    let mut signature = vec![0; KEY.public_modulus_len()];
    KEY.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        text.as_bytes(),
        &mut signature,
    )
    .expect("a signature");
    format!("{text}.{}", part(&signature))
}
