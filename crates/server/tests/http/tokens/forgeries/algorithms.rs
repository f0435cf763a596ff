use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use eloops_server::auth::token::Refusal::{Algorithm, Signature};
use serde_json::{Value, json};

use super::{Forger, List};
use crate::tokens::signer::{hmac_signed, signed_part};

pub(super) fn list(forger: &Forger, list: &mut List) {
    let payload = forger.claims().to_string();
    let header_of = |alg: Value| {
        let mut header = forger.header();
        header["alg"] = alg;
        header.to_string()
    };
    for alg in ["none", "None", "NONE", "nOnE"] {
        let signed = signed_part(&header_of(json!(alg)), &payload);
        list.add(
            format!("{alg}, no signature"),
            format!("{signed}."),
            Algorithm,
        );
        let genuine = forger.ours.sign(&header_of(json!(alg)), &payload);
        list.add(format!("{alg}, signed all the same"), genuine, Algorithm);
    }
    for alg in [
        "HS256", "HS384", "HS512", "RS384", "RS512", "PS256", "ES256", "EdDSA", "rs256", "RS256 ",
        "", "RSA-OAEP",
    ] {
        let named = forger.ours.sign(&header_of(json!(alg)), &payload);
        list.add(
            format!("\"{alg}\" over an RS256 signature"),
            named,
            Algorithm,
        );
    }
    for alg in [
        json!(null),
        json!(256),
        json!(true),
        json!(["RS256"]),
        json!({"RS256": 1}),
    ] {
        let named = forger.ours.sign(&header_of(alg.clone()), &payload);
        list.add(format!("{alg}"), named, Algorithm);
    }
    list.add(
        "missing",
        forger.with_header(json!({"alg": null})),
        Algorithm,
    );
    for alg in ["RS384", "RS512", "PS256"] {
        let honest = signed_part(&header_of(json!(alg)), &payload);
        list.add(
            format!("{alg}, truly"),
            forger.ours.sign_as(alg, &honest),
            Algorithm,
        );
        let disguised = forger.ours.sign_as(alg, &forger.signed());
        list.add(
            format!("{alg} that calls itself RS256"),
            disguised,
            Signature,
        );
    }
    confused(forger, list);
    let curve = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    for (alg, rule) in [("ES256", Algorithm), ("RS256", Signature)] {
        let signed = signed_part(&header_of(json!(alg)), &payload);
        let signature = curve.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
        list.add(
            format!("an elliptic curve's signature as {alg}"),
            token,
            rule,
        );
    }
}

/// The public key, in every form it is published or written in, as the secret of an HMAC.
fn confused(forger: &Forger, list: &mut List) {
    let payload = forger.claims().to_string();
    let pkcs1 = forger.ours.public_der();
    let pem = pem::encode(&pem::Pem::new("RSA PUBLIC KEY", pkcs1));
    let (modulus, _) = forger.ours.numbers();
    let secrets: [(&str, Vec<u8>); 8] = [
        ("DER", pkcs1.to_vec()),
        ("PEM", pem.clone().into_bytes()),
        (
            "PEM without its last newline",
            pem.trim().as_bytes().to_vec(),
        ),
        ("modulus", modulus.to_vec()),
        (
            "modulus as base64url",
            URL_SAFE_NO_PAD.encode(modulus).into_bytes(),
        ),
        ("modulus as base64", STANDARD.encode(modulus).into_bytes()),
        ("key id", b"ours".to_vec()),
        ("nothing", Vec::new()),
    ];
    for (form, secret) in secrets {
        for (alg, rule) in [("HS256", Algorithm), ("RS256", Signature)] {
            let mut header = forger.header();
            header["alg"] = json!(alg);
            let token = hmac_signed(&secret, &header.to_string(), &payload);
            list.add(format!("HMAC with the {form}, called {alg}"), token, rule);
        }
    }
}
