use std::sync::LazyLock;

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::forge::{NOW, Signer, TENANT, claims, header, policy, signed_part, with};
use super::*;

/// Making a key takes a moment; the tests share two.
static OURS: LazyLock<Signer> = LazyLock::new(|| Signer::new("ours"));
static OTHER: LazyLock<Signer> = LazyLock::new(|| Signer::new("ours"));

fn check(token: &str) -> Result<Verified, Refusal> {
    verify_access_token(token, &OURS.published, &policy(), NOW)
}

fn refused_claims(changes: Value, expected: Refusal) {
    let answer = check(&OURS.token(&with(changes.clone())));
    assert_eq!(answer, Err(expected), "claims changed by {changes}");
}

#[test]
fn a_users_token_is_believed() {
    let verified = check(&OURS.token(&claims())).unwrap();
    assert_eq!(verified.object_id, "4545ac9b-a78d-4721-b626-f0f700517eab");
    assert_eq!(verified.tenant, TENANT);
    assert_eq!(verified.display_name.as_deref(), Some("Jodi"));
    let Actor::User { scopes } = verified.actor else {
        panic!("not a user: {:?}", verified.actor)
    };
    assert!(
        scopes.contains("access_as_user") && scopes.contains("profile"),
        "{scopes:?}"
    );
}

#[test]
fn an_applications_token_is_believed_as_one() {
    for mark in [json!("app"), Value::Null] {
        let token = OURS.token(&with(
            json!({"scp": null, "idtyp": mark, "roles": ["Eloops.Admin"]}),
        ));
        let verified = check(&token).unwrap();
        assert_eq!(verified.actor, Actor::Application);
        assert!(verified.roles.contains("Eloops.Admin"));
    }
}

#[test]
fn clocks_may_differ_by_a_minute() {
    assert!(check(&OURS.token(&with(json!({"exp": NOW - 59.0})))).is_ok());
    assert!(check(&OURS.token(&with(json!({"nbf": NOW + 59.0})))).is_ok());
    refused_claims(json!({"exp": NOW - 60.0}), Refusal::Expired);
    refused_claims(json!({"nbf": NOW + 61.0}), Refusal::NotYetValid);
}

#[test]
fn forged_claims_are_refused() {
    let other = "22222222-2222-2222-2222-222222222222";
    for (changes, expected) in [
        (json!({"exp": null}), Refusal::Expired),
        (json!({"exp": "1900000000"}), Refusal::Expired),
        (json!({"exp": true}), Refusal::Expired),
        (json!({"exp": NOW - 3600.0}), Refusal::Expired),
        (json!({"nbf": null}), Refusal::NotYetValid),
        (json!({"nbf": "0"}), Refusal::NotYetValid),
        (json!({"nbf": [0]}), Refusal::NotYetValid),
        (json!({"ver": null}), Refusal::Version),
        (json!({"ver": "1.0"}), Refusal::Version),
        (json!({"ver": 2.0}), Refusal::Version),
        (json!({"iss": null}), Refusal::Issuer),
        (
            json!({"iss": "https://login.example/common/v2.0"}),
            Refusal::Issuer,
        ),
        (
            json!({"iss": format!("https://evil.example/{TENANT}/v2.0")}),
            Refusal::Issuer,
        ),
        (
            json!({"iss": format!("https://login.example/{TENANT}/v2.0/")}),
            Refusal::Issuer,
        ),
        (
            json!({"iss": format!("https://sts.windows.net/{TENANT}/")}),
            Refusal::Issuer,
        ),
        (
            json!({"iss": format!("https://login.example/{other}/v2.0")}),
            Refusal::Issuer,
        ),
        (json!({"tid": null}), Refusal::Tenant),
        (json!({"tid": "contoso.example"}), Refusal::Tenant),
        (
            json!({"tid": "11111111111111111111111111111111"}),
            Refusal::Tenant,
        ),
        (json!({"tid": other}), Refusal::Issuer),
        (
            json!({"tid": other, "iss": format!("https://login.example/{other}/v2.0")}),
            Refusal::Tenant,
        ),
        (json!({"aud": null}), Refusal::Audience),
        (json!({"aud": ""}), Refusal::Audience),
        (json!({"aud": "api://eloops/"}), Refusal::Audience),
        (json!({"aud": "API://ELOOPS"}), Refusal::Audience),
        (json!({"aud": ["api://eloops"]}), Refusal::Audience),
        (json!({"aud": "eloops-server"}), Refusal::Audience),
        (json!({"oid": null}), Refusal::Subject),
        (json!({"oid": ""}), Refusal::Subject),
        (json!({"oid": 7}), Refusal::Subject),
        (json!({"idtyp": "app"}), Refusal::IdToken),
        (json!({"scp": ["access_as_user"]}), Refusal::Malformed),
        (json!({"roles": "Eloops.Admin"}), Refusal::Malformed),
        (json!({"roles": [1]}), Refusal::Malformed),
    ] {
        refused_claims(changes, expected);
    }
}

#[test]
fn forged_headers_are_refused() {
    let payload = claims().to_string();
    let header_with = |name: &str, value: Value| {
        let mut header = header("ours");
        header[name] = value;
        header.to_string()
    };
    for (header, expected) in [
        (header_with("alg", json!("none")), Refusal::Algorithm),
        (header_with("alg", json!("HS256")), Refusal::Algorithm),
        (header_with("alg", json!("RS512")), Refusal::Algorithm),
        (header_with("alg", json!("rs256")), Refusal::Algorithm),
        (header_with("alg", json!(["RS256"])), Refusal::Algorithm),
        (
            header_with("jku", json!("https://evil.example/keys")),
            Refusal::Header,
        ),
        (header_with("jwk", json!({"kty": "RSA"})), Refusal::Header),
        (
            header_with("x5u", json!("https://evil.example/cert")),
            Refusal::Header,
        ),
        (header_with("x5c", json!([])), Refusal::Header),
        (header_with("crit", json!(["exp"])), Refusal::Header),
        (header_with("kid", json!("other")), Refusal::UnknownKey),
        (header_with("kid", json!("")), Refusal::UnknownKey),
        (header_with("kid", json!(["ours"])), Refusal::UnknownKey),
        (json!({"alg": "RS256"}).to_string(), Refusal::UnknownKey),
        (
            r#"{"alg":"RS256","kid":"ours","kid":"ours"}"#.to_owned(),
            Refusal::Malformed,
        ),
        ("[]".to_owned(), Refusal::Malformed),
        ("{".to_owned(), Refusal::Malformed),
    ] {
        assert_eq!(
            check(&OURS.sign(&header, &payload)),
            Err(expected),
            "header {header}"
        );
    }
}

#[test]
fn a_claim_that_stands_twice_is_refused() {
    let mut payload = claims().to_string();
    payload.pop();
    payload.push_str(r#","oid":"somebody-else"}"#);
    let token = OURS.sign(&header("ours").to_string(), &payload);
    assert_eq!(check(&token), Err(Refusal::Malformed));
}

#[test]
fn signatures_have_to_fit() {
    let genuine = OURS.token(&claims());
    let (signed, signature) = genuine.rsplit_once('.').unwrap();
    let header_text = header("ours").to_string();

    // Our key id under somebody else's key.
    assert_eq!(check(&OTHER.token(&claims())), Err(Refusal::Signature));
    // Another payload under a genuine signature.
    let swapped = signed_part(&header_text, &with(json!({"oid": "other"})).to_string());
    assert_eq!(
        check(&format!("{swapped}.{signature}")),
        Err(Refusal::Signature)
    );
    // An HMAC with the public key as its secret, called RS256.
    let key = hmac::Key::new(hmac::HMAC_SHA256, &OURS.public_der);
    let mac = URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes()));
    assert_eq!(check(&format!("{signed}.{mac}")), Err(Refusal::Signature));
    // None at all, and one that was cut.
    assert_eq!(check(&format!("{signed}.")), Err(Refusal::Malformed));
    assert_eq!(
        check(&format!("{signed}.{}", &signature[..100])),
        Err(Refusal::Signature)
    );
}

#[test]
fn malformed_and_oversized_tokens_are_refused() {
    let genuine = OURS.token(&claims());
    let long = OURS.token(&with(json!({"name": "x".repeat(MAX_TOKEN_BYTES)})));
    assert_eq!(check(&long), Err(Refusal::TooLong));
    for token in ["", ".", "..", "a.b", "a.b.c.d", "a.b.c.d.e", " ", "\u{0}"] {
        assert_eq!(check(token), Err(Refusal::Malformed), "{token:?}");
    }
    assert_eq!(check(&format!("{genuine}.x")), Err(Refusal::Malformed));
    assert_eq!(
        check(&genuine.replacen('.', "=.", 1)),
        Err(Refusal::Malformed),
        "padding"
    );
}

#[test]
fn a_key_for_one_tenant_signs_for_no_other() {
    let mut key = OURS.published.clone();
    key.issuer = "https://login.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0".to_owned();
    let answer = verify_access_token(&OURS.token(&claims()), &key, &policy(), NOW);
    assert_eq!(answer, Err(Refusal::Issuer));
}

#[test]
fn an_id_token_is_no_access_token_even_when_one_application_does_both() {
    let mut one_app = policy();
    one_app.audiences.push("eloops-server".to_owned());
    let try_one = |changes| {
        let token = OURS.token(&with(changes));
        verify_access_token(&token, &OURS.published, &one_app, NOW).map(|_| ())
    };
    let id_token = json!({"aud": "eloops-server", "scp": null, "roles": ["Eloops.Admin"]});
    assert_eq!(try_one(id_token), Err(Refusal::IdToken));
    assert_eq!(try_one(json!({"aud": "eloops-server"})), Ok(()));
}

#[test]
fn only_listed_clients_when_a_list_is_configured() {
    let mut policy = policy();
    let answer = |policy: &Policy| {
        verify_access_token(&OURS.token(&claims()), &OURS.published, policy, NOW).map(|_| ())
    };
    policy.clients = Some(vec!["card".to_owned()]);
    assert_eq!(answer(&policy), Ok(()));
    policy.clients = Some(vec!["other".to_owned()]);
    assert_eq!(answer(&policy), Err(Refusal::Client));
}

#[test]
fn an_id_token_belongs_to_its_sign_in() {
    let id_token = |changes: Value| {
        let mut claims = with(json!({"aud": "eloops-server", "scp": null, "nonce": "n-1"}));
        claims
            .as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        verify_id_token(&OURS.token(&claims), &OURS.published, &policy(), "n-1", NOW).map(|_| ())
    };
    assert_eq!(id_token(json!({})), Ok(()));
    assert_eq!(id_token(json!({"nonce": "n-2"})), Err(Refusal::Nonce));
    assert_eq!(id_token(json!({"nonce": null})), Err(Refusal::Nonce));
    assert_eq!(
        id_token(json!({"aud": "api://eloops"})),
        Err(Refusal::Audience)
    );
}
