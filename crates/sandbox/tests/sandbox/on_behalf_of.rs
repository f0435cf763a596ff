use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::stand::{Stand, assert_refused, claims};

async fn exchange(stand: &Stand, assertion: &str, changes: &[(&str, &str)]) -> (StatusCode, Value) {
    let talent = format!("{}/.default", stand.running.url());
    let mut form = vec![
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("client_id", "eloops-server"),
        ("client_secret", "sandbox-secret"),
        ("assertion", assertion),
        ("scope", &talent),
        ("requested_token_use", "on_behalf_of"),
    ];
    form.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    form.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
    stand.redeem(&form).await
}

#[tokio::test]
async fn a_users_token_becomes_one_for_talent() {
    let stand = Stand::new().await;
    let assertion = stand.token(json!({ "worker": "000001" })).await;
    let (status, body) = exchange(&stand, &assertion, &[]).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let (before, after) = (
        claims(&assertion),
        claims(body["access_token"].as_str().unwrap()),
    );
    assert_eq!(after["aud"], stand.running.url());
    assert_eq!(after["oid"], before["oid"]);
    assert!(
        after["scp"].is_string() && after.get("idtyp").is_none(),
        "{after}"
    );
    // MSAL finds the token in its cache again by the scope it asked for.
    let asked = format!("{}/.default", stand.running.url());
    let granted = body["scope"].as_str().unwrap();
    assert!(granted.split(' ').any(|scope| scope == asked), "{granted}");
    let path = "/data/Workers(PersonnelNumber='000001')";
    let response = stand
        .data(path, body["access_token"].as_str().unwrap())
        .await;
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn only_a_users_token_for_this_app_is_exchanged() {
    let stand = Stand::new().await;
    let talent = stand.running.url().to_owned();
    for (what, body, number) in [
        (
            "another audience",
            json!({ "worker": "000001", "audience": "api://other" }),
            500_131,
        ),
        (
            "Talent's token",
            json!({ "worker": "000001", "audience": talent }),
            500_131,
        ),
        ("an app's token", json!({ "worker": null }), 7_000_114),
        (
            "roles instead of scopes",
            json!({ "worker": "000001", "scopes": [], "roles": ["Eloops.Admin"] }),
            7_000_114,
        ),
        (
            "expired",
            json!({ "worker": "000001", "lifetime_s": -1 }),
            500_133,
        ),
        (
            "unknown key",
            json!({ "worker": "000001", "header": { "kid": "unknown" } }),
            50_013,
        ),
        (
            "no signature",
            json!({ "worker": "000001", "header": { "alg": "none" } }),
            50_013,
        ),
        (
            "nobody",
            json!({ "worker": "000001", "claims": { "oid": "00000000-0000-0000-0000-000000000001" } }),
            50_057,
        ),
    ] {
        let assertion = stand.token(body).await;
        let (status, answer) = exchange(&stand, &assertion, &[]).await;
        println!("{what}: {answer}");
        assert_refused((status, answer), "invalid_grant", number);
    }
}

#[tokio::test]
async fn an_id_token_is_no_assertion() {
    let stand = Stand::new().await;
    let code = stand.code("000001", &[]).await;
    let (_, body) = stand.redeem_code(&code, &[]).await;
    let id_token = body["id_token"].as_str().unwrap();
    assert_refused(
        exchange(&stand, id_token, &[]).await,
        "invalid_grant",
        240_002,
    );
}

#[tokio::test]
async fn the_request_itself_must_be_right() {
    let stand = Stand::new().await;
    let assertion = stand.token(json!({ "worker": "000001" })).await;
    for (change, error, number) in [
        (("client_secret", "wrong"), "invalid_client", 7_000_215),
        (("requested_token_use", ""), "invalid_request", 900_144),
        (("requested_token_use", "else"), "invalid_request", 90_014),
        (("assertion", "no token"), "invalid_grant", 50_013),
        (
            ("scope", "https://unknown.example/.default"),
            "invalid_resource",
            500_011,
        ),
        (("client_id", "other-app"), "invalid_client", 7_000_215),
    ] {
        assert_refused(exchange(&stand, &assertion, &[change]).await, error, number);
    }
    let other = [
        ("client_id", "other-app"),
        ("client_secret", "other-secret"),
    ];
    assert_refused(
        exchange(&stand, &assertion, &other).await,
        "invalid_grant",
        500_131,
    );
}
