use std::sync::LazyLock;

use jiff::Timestamp;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use talent_sandbox::{CompanySource, Options, StartError, start};

use crate::{
    signer::Signer,
    stand::{CALLBACK, Stand, VERIFIER, assert_refused, claims},
};

/// Making an RSA key takes longer than everything else here.
static SIGNER: LazyLock<Signer> = LazyLock::new(Signer::new);

const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

async fn registered() -> Stand {
    let stand = Stand::new().await;
    let body = json!({ "app": "eloops-server", "pem": SIGNER.certificate });
    let answer = stand.turn(Method::POST, "certificates", body).await;
    assert_eq!(answer["x5t"], SIGNER.sha1(), "{answer}");
    assert_eq!(answer["x5t#S256"], SIGNER.sha256(), "{answer}");
    stand
}

/// Asks for the app's own token, with fields replaced; an empty one is left out.
async fn ask(stand: &Stand, assertion: &str, changes: &[(&str, &str)]) -> (StatusCode, Value) {
    let talent = format!("{}/.default", stand.running.url());
    let mut form = vec![
        ("grant_type", "client_credentials"),
        ("client_id", "eloops-server"),
        ("client_assertion_type", JWT_BEARER),
        ("client_assertion", assertion),
        ("scope", &talent),
    ];
    form.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    form.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    stand.redeem(&form).await
}

#[tokio::test]
async fn ps256_and_rs256_prove_the_app_by_either_thumbprint() {
    let stand = registered().await;
    for header in [
        json!({}),
        json!({ "alg": "RS256", "x5t#S256": null, "x5t": SIGNER.sha1() }),
        json!({ "alg": "RS256" }),
        json!({ "x5t": SIGNER.sha1() }),
    ] {
        let assertion = SIGNER.assertion(&stand, &header, &json!({}));
        let (status, body) = ask(&stand, &assertion, &[]).await;
        assert_eq!(status, StatusCode::OK, "{header}: {body}");
        let token = body["access_token"].as_str().unwrap();
        assert_eq!(claims(token)["appidacr"], "2", "{header}");
        let response = stand.data("/data/Workers?$top=1", token).await;
        assert_eq!(response.status(), StatusCode::OK, "{header}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_an_assertion_is_said() {
    let stand = registered().await;
    let now = Timestamp::now().as_second();
    let none = json!({});
    for (what, header, claims, number) in [
        (
            "no algorithm",
            json!({ "alg": "none" }),
            none.clone(),
            700_027,
        ),
        ("HS256", json!({ "alg": "HS256" }), none.clone(), 700_027),
        (
            "the other algorithm's signature",
            json!({ "alg": "PS384" }),
            none.clone(),
            700_027,
        ),
        (
            "no thumbprint",
            json!({ "x5t#S256": null }),
            none.clone(),
            700_027,
        ),
        (
            "unknown thumbprint",
            json!({ "x5t#S256": "unknown" }),
            none.clone(),
            700_027,
        ),
        (
            "two thumbprints, one of another certificate",
            json!({ "x5t": "unknown" }),
            none.clone(),
            700_027,
        ),
        (
            "another audience",
            none.clone(),
            json!({ "aud": "https://login.microsoftonline.com/common/oauth2/v2.0/token" }),
            700_023,
        ),
        ("no audience", none.clone(), json!({ "aud": null }), 700_023),
        (
            "several audiences",
            none.clone(),
            json!({ "aud": [stand.tenant("/oauth2/v2.0/token")] }),
            700_023,
        ),
        (
            "another issuer",
            none.clone(),
            json!({ "iss": "other-app" }),
            700_021,
        ),
        (
            "another subject",
            none.clone(),
            json!({ "sub": "other-app" }),
            700_021,
        ),
        ("no jti", none.clone(), json!({ "jti": null }), 50_027),
        ("an empty jti", none.clone(), json!({ "jti": "" }), 50_027),
        ("no nbf", none.clone(), json!({ "nbf": null }), 50_027),
        (
            "exp as text",
            none.clone(),
            json!({ "exp": (now + 300).to_string() }),
            50_027,
        ),
        (
            "expired",
            none.clone(),
            json!({ "nbf": now - 600, "exp": now - 120 }),
            700_024,
        ),
        (
            "too early",
            none.clone(),
            json!({ "nbf": now + 120, "exp": now + 300 }),
            700_024,
        ),
        (
            "an hour long",
            none.clone(),
            json!({ "exp": now + 3600 }),
            700_024,
        ),
    ] {
        let assertion = SIGNER.assertion(&stand, &header, &claims);
        let (status, body) = ask(&stand, &assertion, &[]).await;
        println!("{what}: {body}");
        assert_refused((status, body), "invalid_client", number);
    }
}

#[tokio::test]
async fn a_signature_of_another_key_or_over_other_claims_is_refused() {
    let stand = registered().await;
    let other = Signer::new();
    let named = json!({ "x5t#S256": SIGNER.sha256() });
    let forged = other.assertion(&stand, &named, &json!({}));
    assert_refused(ask(&stand, &forged, &[]).await, "invalid_client", 700_027);
    let good = SIGNER.assertion(&stand, &json!({}), &json!({}));
    let swapped = SIGNER.assertion(&stand, &json!({}), &json!({ "sub": "eloops-server" }));
    let signature = good.rsplit_once('.').unwrap().1;
    let message = swapped.rsplit_once('.').unwrap().0;
    let mixed = format!("{message}.{signature}");
    assert_refused(ask(&stand, &mixed, &[]).await, "invalid_client", 700_027);
    for text in ["no token", "a.b.c", "..", "e30.e30."] {
        let number = if text == "e30.e30." { 700_027 } else { 50_027 };
        assert_refused(ask(&stand, text, &[]).await, "invalid_client", number);
    }
}

#[tokio::test]
async fn an_assertion_serves_until_it_ends_and_once_where_the_policy_says_so() {
    let stand = registered().await;
    let assertion = SIGNER.assertion(&stand, &json!({}), &json!({}));
    for time in ["first", "second"] {
        let (status, body) = ask(&stand, &assertion, &[]).await;
        assert_eq!(status, StatusCode::OK, "the {time} time: {body}");
    }
    let once = json!({ "single_use_assertions": true });
    stand.turn(Method::PUT, "policies", once).await;
    assert_refused(
        ask(&stand, &assertion, &[]).await,
        "invalid_client",
        700_027,
    );

    let assertion = SIGNER.assertion(&stand, &json!({}), &json!({}));
    let of_another_app = ask(&stand, &assertion, &[("client_id", "other-app")]).await;
    assert_refused(of_another_app, "invalid_client", 700_027);
    let attempts = (0..8).map(|_| ask(&stand, &assertion, &[]));
    let answers = futures_util::future::join_all(attempts).await;
    let (good, replayed): (Vec<_>, Vec<_>) = answers
        .into_iter()
        .partition(|(status, _)| *status == StatusCode::OK);
    assert_eq!(good.len(), 1, "exactly one of eight");
    for refused in replayed {
        assert_refused(refused, "invalid_client", 700_027);
    }
}

#[tokio::test]
async fn a_certificate_redeems_codes_and_exchanges_tokens_too() {
    let stand = registered().await;
    let code = stand.code("000001", &[]).await;
    let assertion = SIGNER.assertion(&stand, &json!({}), &json!({}));
    let changes = [
        ("grant_type", "authorization_code"),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
        ("code", code.as_str()),
        ("scope", ""),
    ];
    let (status, body) = ask(&stand, &assertion, &changes).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let token = body["access_token"].as_str().unwrap();
    assert_eq!(claims(token)["azpacr"], "2");
    let changes = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("requested_token_use", "on_behalf_of"),
        ("assertion", token),
    ];
    let assertion = SIGNER.assertion(&stand, &json!({}), &json!({}));
    let (status, body) = ask(&stand, &assertion, &changes).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

#[tokio::test]
async fn the_request_around_the_assertion_must_be_right() {
    let stand = registered().await;
    for (change, error, number) in [
        (("client_assertion_type", ""), "invalid_request", 900_144),
        (("client_assertion_type", "saml"), "invalid_request", 90_023),
        (
            ("client_secret", "sandbox-secret"),
            "invalid_request",
            90_023,
        ),
        (("client_assertion", ""), "invalid_client", 7_000_218),
        (("client_id", ""), "invalid_request", 900_144),
    ] {
        let assertion = SIGNER.assertion(&stand, &json!({}), &json!({}));
        assert_refused(ask(&stand, &assertion, &[change]).await, error, number);
    }
    let assertion = SIGNER.assertion(&stand, &json!({}), &json!({}));
    for (client_id, error, number) in [
        ("eloops-server", "invalid_request", 9_002_326),
        ("eloops-spa", "invalid_client", 700_025),
    ] {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client_id),
            ("client_assertion_type", JWT_BEARER),
            ("client_assertion", &assertion),
            ("scope", "api://eloops/.default"),
        ];
        let origin = Some("http://localhost:7400");
        assert_refused(stand.redeem_from(&form, origin).await, error, number);
    }
}

#[tokio::test]
async fn only_a_public_certificate_of_a_confidential_app_is_registered() {
    let stand = Stand::new().await;
    let elliptic = rcgen::generate_simple_self_signed(vec![]).unwrap();
    let public = &SIGNER.certificate;
    let both = format!("{public}{}", SIGNER.private_key);
    for (app, pem, says) in [
        ("eloops-server", SIGNER.private_key.clone(), "private key"),
        ("eloops-server", both, "private key"),
        (
            "eloops-server",
            format!("{public}{public}"),
            "2 certificates",
        ),
        ("eloops-server", "garbage".into(), "not PEM"),
        ("eloops-server", String::new(), "not PEM"),
        (
            "eloops-server",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".into(),
            "cannot be read",
        ),
        (
            "eloops-server",
            elliptic.signing_key.public_key_pem(),
            "'PUBLIC KEY'",
        ),
        ("eloops-server", elliptic.cert.pem(), "not RSA"),
        ("eloops-spa", public.clone(), "'eloops-spa'"),
        ("unknown", public.clone(), "'unknown'"),
    ] {
        let body = json!({ "app": app, "pem": pem });
        let (status, answer) = stand.control(Method::POST, "certificates", body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{says}: {answer}");
        let error = answer["error"].as_str().unwrap();
        assert!(error.contains(says), "expected '{says}' in: {error}");
    }
    let assertion = SIGNER.assertion(&stand, &json!({}), &json!({}));
    let refused = ask(&stand, &assertion, &[]).await;
    assert_refused(refused, "invalid_client", 700_027);
}

#[tokio::test]
async fn an_expired_certificate_proves_nothing() {
    let stand = Stand::new().await;
    let expired = Signer::until(2020);
    let body = json!({ "app": "eloops-server", "pem": expired.certificate });
    stand.turn(Method::POST, "certificates", body).await;
    let assertion = expired.assertion(&stand, &json!({}), &json!({}));
    let refused = ask(&stand, &assertion, &[]).await;
    assert!(refused.1.to_string().contains("expired"), "{}", refused.1);
    assert_refused(refused, "invalid_client", 700_027);
}

#[tokio::test]
async fn the_certificate_of_the_start_outlives_a_reset() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.pem");
    std::fs::write(&file, &SIGNER.certificate).unwrap();
    let options = |file| Options {
        company: CompanySource::MadeUp(3),
        certificate: Some(file),
        ..Options::default()
    };
    let stand = Stand::with(options(file.clone())).await;
    let later = Signer::new();
    let body = json!({ "app": "eloops-server", "pem": later.certificate });
    stand.turn(Method::POST, "certificates", body).await;
    for (signer, after) in [
        (&*SIGNER, StatusCode::OK),
        (&later, StatusCode::UNAUTHORIZED),
    ] {
        let before = signer.assertion(&stand, &json!({}), &json!({}));
        let (status, body) = ask(&stand, &before, &[]).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        stand.turn(Method::POST, "reset", json!({})).await;
        let again = signer.assertion(&stand, &json!({}), &json!({}));
        let (status, body) = ask(&stand, &again, &[]).await;
        assert_eq!(status, after, "{body}");
        let body = json!({ "app": "eloops-server", "pem": later.certificate });
        stand.turn(Method::POST, "certificates", body).await;
    }
    std::fs::write(&file, &SIGNER.private_key).unwrap();
    for file in [file, folder.path().join("missing.pem")] {
        let error = start(options(file)).await.map(|_| ()).unwrap_err();
        assert!(matches!(error, StartError::Certificate { .. }), "{error}");
        assert!(error.to_string().contains("--certificate"), "{error}");
    }
}
