use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use talent_sandbox::TENANT;
use url::Url;

use crate::stand::{Stand, assert_refused, claims, location, parameter};

const CONSENTED: &str = "http://localhost:7400/auth/consented";

fn stepped_up() -> Value {
    json!({ "access_token": { "acrs": { "essential": true, "value": "c1" } } })
}

fn challenge(stand: &Stand) -> Value {
    json!({ "claims_challenge": { "audience": stand.running.url(), "claims": stepped_up() } })
}

async fn exchange(stand: &Stand, assertion: &str) -> (StatusCode, Value) {
    let talent = format!("{}/.default", stand.running.url());
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("client_id", "eloops-server"),
        ("client_secret", "sandbox-secret"),
        ("assertion", assertion),
        ("scope", &talent),
        ("requested_token_use", "on_behalf_of"),
    ];
    stand.redeem(&form).await
}

async fn refresh(stand: &Stand, token: &str, scope: &str) -> (StatusCode, Value) {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "eloops-server"),
        ("client_secret", "sandbox-secret"),
        ("refresh_token", token),
        ("scope", scope),
    ];
    stand.redeem(&form).await
}

/// Signs in with these `claims`; gives the access and the refresh token.
async fn sign_in(stand: &Stand, asked: &str) -> (String, String) {
    let code = stand.code("000001", &[("claims", asked)]).await;
    let (status, body) = stand.redeem_code(&code, &[]).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

#[tokio::test]
async fn a_challenge_is_answered_by_a_sign_in_that_was_asked_for_the_claims() {
    let stand = Stand::new().await;
    let talent = format!("{}/.default", stand.running.url());
    stand.turn(Method::PUT, "policies", challenge(&stand)).await;
    let plain = sign_in(&stand, "").await;
    for refused in [
        exchange(&stand, &plain.0).await,
        refresh(&stand, &plain.1, &talent).await,
    ] {
        let text = refused.1["claims"].as_str().unwrap_or_default();
        let told: Value = serde_json::from_str(text).unwrap_or_default();
        assert_eq!(told, stepped_up(), "{}", refused.1);
        assert_refused(refused, "interaction_required", 50_079);
    }
    let (status, body) = refresh(&stand, &plain.1, "api://eloops/.default").await;
    assert_eq!(status, StatusCode::OK, "another resource: {body}");

    // Clients add what they are capable of.
    let asked = json!({ "access_token": { "xms_cc": { "values": ["cp1"] },
        "acrs": { "essential": true, "value": "c1" } } });
    let stepped = sign_in(&stand, &asked.to_string()).await;
    assert_eq!(claims(&stepped.0)["acrs"], json!(["c1"]));
    assert_eq!(claims(&stepped.0)["xms_cc"], json!(["cp1"]));
    let (status, body) = exchange(&stand, &stepped.0).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let (status, body) = refresh(&stand, &stepped.1, &talent).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let successor = body["refresh_token"].as_str().unwrap();
    let (status, body) = refresh(&stand, successor, "api://eloops/.default").await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let (status, body) = exchange(&stand, body["access_token"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::OK, "a refreshed token: {body}");
}

#[tokio::test]
async fn other_claims_do_not_answer_and_no_challenge_asks_nothing() {
    let stand = Stand::new().await;
    stand.turn(Method::PUT, "policies", challenge(&stand)).await;
    for other in [
        json!({ "access_token": { "acrs": { "essential": true, "value": "c2" } } }),
        json!({ "id_token": { "acrs": { "essential": true, "value": "c1" } } }),
    ] {
        let (token, _) = sign_in(&stand, &other.to_string()).await;
        let refused = exchange(&stand, &token).await;
        assert_refused(refused, "interaction_required", 50_079);
    }
    let forged = stand.token(json!({ "worker": "000001" })).await;
    let refused = exchange(&stand, &forged).await;
    assert_refused(refused, "interaction_required", 50_079);
    let made = json!({ "worker": "000001", "signed_in_with": stepped_up() });
    let (status, body) = exchange(&stand, &stand.token(made).await).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    stand.turn(Method::POST, "reset", json!({})).await;
    let (status, body) = exchange(&stand, &forged).await;
    assert_eq!(status, StatusCode::OK, "after a reset: {body}");
}

#[tokio::test]
async fn claims_are_not_answered_silently() {
    let stand = Stand::new().await;
    let chosen = stand.choose("000001", &[]).await;
    let cookie = chosen.headers()["set-cookie"].to_str().unwrap().to_owned();
    let ask = async |changes: &[(&str, &str)]| -> Response {
        let request = stand.client.get(stand.authorize(changes));
        request.header("cookie", &cookie).send().await.unwrap()
    };
    let asked = stepped_up().to_string();
    let page = ask(&[("claims", &asked)]).await;
    assert_eq!(page.status(), StatusCode::OK, "the page is shown again");
    let hidden = "name=\"claims\"";
    assert!(page.text().await.unwrap().contains(hidden), "and passes on");
    let silent = ask(&[("claims", &asked), ("prompt", "none")]).await;
    let error = parameter(&location(&silent), "error");
    assert_eq!(error.as_deref(), Some("interaction_required"));
    let capable = r#"{"access_token":{"xms_cc":{"values":["cp1"]}}}"#;
    let silent = ask(&[("claims", capable), ("prompt", "none")]).await;
    let code = parameter(&location(&silent), "code");
    assert!(code.is_some(), "capabilities alone demand nothing");
    let broken = ask(&[("claims", "[]")]).await;
    let error = parameter(&location(&broken), "error");
    assert_eq!(error.as_deref(), Some("invalid_request"));
}

#[tokio::test]
async fn missing_consent_stops_other_resources_until_an_administrator_accepts() {
    let stand = Stand::new().await;
    let talent = format!("{}/.default", stand.running.url());
    let (access, refreshing) = sign_in(&stand, "").await;
    stand
        .turn(Method::PUT, "policies", json!({ "consent_missing": true }))
        .await;
    for refused in [
        exchange(&stand, &access).await,
        refresh(&stand, &refreshing, &talent).await,
    ] {
        assert_eq!(refused.1["suberror"], "consent_required", "{}", refused.1);
        assert_refused(refused, "invalid_grant", 65_001);
    }
    let (status, body) = refresh(&stand, &refreshing, "").await;
    assert_eq!(status, StatusCode::OK, "our own API: {body}");

    let form = [
        ("client_id", "eloops-server"),
        ("redirect_uri", CONSENTED),
        ("state", "a state"),
    ];
    let ask = Url::parse_with_params(&stand.tenant("/adminconsent"), form).unwrap();
    let page = stand.client.get(ask).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    assert!(page.contains("Permissions requested"), "{page}");
    let answer = async |choice: &str| {
        let mut form = form.to_vec();
        form.push(("answer", choice));
        let request = stand.client.post(stand.tenant("/adminconsent")).form(&form);
        location(&request.send().await.unwrap())
    };
    let cancelled = answer("cancel").await;
    let error = parameter(&cancelled, "error");
    assert_eq!(error.as_deref(), Some("access_denied"), "{cancelled}");
    let refused = exchange(&stand, &access).await;
    assert_refused(refused, "invalid_grant", 65_001);

    let accepted = answer("accept").await;
    assert!(accepted.as_str().starts_with(CONSENTED), "{accepted}");
    for (name, value) in [
        ("admin_consent", "True"),
        ("tenant", TENANT),
        ("state", "a state"),
    ] {
        assert_eq!(parameter(&accepted, name).as_deref(), Some(value), "{name}");
    }
    let (status, body) = exchange(&stand, &access).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let shown = stand.turn(Method::GET, "policies", json!({})).await;
    assert_eq!(shown["consent_missing"], false);
}

#[tokio::test]
async fn consent_sends_nobody_to_an_address_that_is_not_registered() {
    let stand = Stand::new().await;
    for (client_id, redirect_uri) in [
        ("eloops-server", "http://localhost:7400/auth/consented/"),
        ("eloops-server", "https://evil.example/auth/consented"),
        ("eloops-server", ""),
        ("other-app", CONSENTED),
        ("unknown", CONSENTED),
    ] {
        let form = [
            ("client_id", client_id),
            ("redirect_uri", redirect_uri),
            ("answer", "accept"),
        ];
        let url = stand.tenant("/adminconsent");
        let asked = Url::parse_with_params(&url, form).unwrap();
        let asked = stand.client.get(asked).send().await.unwrap();
        assert_eq!(asked.status(), StatusCode::BAD_REQUEST, "{form:?}");
        let sent = stand.client.post(&url).form(&form).send().await.unwrap();
        assert_eq!(sent.status(), StatusCode::BAD_REQUEST, "{form:?}");
    }
}

#[tokio::test]
async fn an_app_nobody_consented_to_works_once_an_administrator_accepts() {
    let stand = Stand::new().await;
    let back = "http://localhost:7400/other/callback";
    let changes = [("client_id", "other-app"), ("redirect_uri", back)];
    let before = location(&stand.choose("000001", &changes).await);
    let error = parameter(&before, "error");
    assert_eq!(error.as_deref(), Some("consent_required"), "{before}");
    let mut form = changes.to_vec();
    form.push(("answer", "accept"));
    let request = stand.client.post(stand.tenant("/adminconsent")).form(&form);
    request.send().await.unwrap();
    stand.code("000001", &changes).await;
}

#[tokio::test]
async fn pages_keep_their_opener_where_the_policy_is_off() {
    let stand = Stand::new().await;
    for (coop, expected) in [(true, Some("same-origin")), (false, None)] {
        stand
            .turn(Method::PUT, "policies", json!({ "coop": coop }))
            .await;
        let page = stand.client.get(stand.authorize(&[])).send().await.unwrap();
        let sent = page.headers().get("cross-origin-opener-policy");
        let sent = sent.map(|value| value.to_str().unwrap());
        assert_eq!(sent, expected, "coop {coop}");
        assert_eq!(page.headers()["x-frame-options"], "DENY");
    }
}

#[tokio::test]
async fn policies_that_cannot_act_are_refused() {
    let stand = Stand::new().await;
    let start = json!({ "claims_challenge": null, "consent_missing": false,
        "single_use_assertions": false, "coop": true });
    for bad in [
        json!({ "colour": "red" }),
        json!({ "coop": "no" }),
        json!({ "claims_challenge": { "audience": "api://unknown", "claims": stepped_up() } }),
        json!({ "claims_challenge": { "audience": "api://eloops", "claims": {} } }),
        json!({ "claims_challenge": { "audience": "api://eloops", "claims": "text" } }),
        json!({ "claims_challenge": { "audience": "api://eloops" } }),
        json!({ "claims_challenge": { "audience": "api://eloops", "claims": stepped_up(), "x": 1 } }),
        json!({ "claims_challenge": { "audience": "api://eloops",
            "claims": { "access_token": { "xms_cc": { "values": ["cp1"] } } } } }),
    ] {
        let (status, answer) = stand.control(Method::PUT, "policies", bad.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}: {answer}");
        assert!(answer["expected"].is_object(), "{bad}: {answer}");
        let shown = stand.turn(Method::GET, "policies", json!({})).await;
        assert_eq!(shown, start, "after {bad}");
    }
}
