use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::Stand;

async fn numbers(stand: &Stand, token: &str) -> BTreeSet<String> {
    let response = stand
        .data("/data/Workers?$select=PersonnelNumber", token)
        .await;
    assert_eq!(response.status(), StatusCode::OK);
    let body: Value = response.json().await.unwrap();
    let rows = body["value"].as_array().unwrap().iter();
    rows.map(|row| row["PersonnelNumber"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn what_is_no_good_token_for_talent_is_401() {
    let stand = Stand::new().await;
    let talent = stand.running.url().to_owned();
    for (what, body) in [
        (
            "for Eloops",
            json!({ "worker": null, "audience": "api://eloops" }),
        ),
        (
            "expired",
            json!({ "worker": null, "audience": talent, "lifetime_s": -10 }),
        ),
        (
            "another tenant",
            json!({ "worker": null, "audience": talent, "claims": { "tid": "x" } }),
        ),
        (
            "another app",
            json!({ "worker": null, "audience": talent, "claims": { "appid": "other-app" } }),
        ),
        (
            "unknown key",
            json!({ "worker": null, "audience": talent, "header": { "kid": "x" } }),
        ),
        (
            "not yet valid",
            json!({ "worker": null, "audience": talent, "claims": { "nbf": 4_000_000_000_i64 } }),
        ),
        (
            "expiry as text",
            json!({ "worker": null, "audience": talent, "claims": { "exp": "4000000000" } }),
        ),
        (
            "unknown user",
            json!({ "worker": "000001", "audience": talent, "claims": { "oid": "x" } }),
        ),
    ] {
        let token = stand.token(body).await;
        for path in [
            "/data/Workers",
            "/data/$metadata",
            "/namespaces/0f0f/data/Workers",
        ] {
            let response = stand.data(path, &token).await;
            assert_eq!(
                response.status(),
                StatusCode::UNAUTHORIZED,
                "{what} at {path}"
            );
            assert!(
                response.headers().contains_key("www-authenticate"),
                "{what}"
            );
        }
    }
    for value in ["", "Bearer", "Bearer ", "Basic x", "Bearer a.b.c"] {
        let request = stand
            .client
            .get(stand.url("/data/Workers"))
            .header("authorization", value);
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::UNAUTHORIZED,
            "{value}"
        );
    }
    assert_eq!(
        stand.get("/data/Workers").await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_user_sees_the_own_line_an_administrator_and_the_app_see_everybody() {
    let stand = Stand::adventure_works().await;
    for (worker, count) in [
        ("000001", 1),
        ("000014", 14),
        ("000023", 201),
        ("000112", 290),
    ] {
        let token = stand.talent_token(Some(worker)).await;
        let seen = numbers(&stand, &token).await;
        assert_eq!(seen.len(), count, "workers seen by {worker}");
        assert!(seen.contains(worker));
    }
    for everything in [Some("admin@adventure-works.com"), None] {
        let token = stand.talent_token(everything).await;
        assert_eq!(numbers(&stand, &token).await.len(), 290);
    }
    let token = stand.talent_token(Some("000001")).await;
    let other = stand
        .data("/data/Workers(PersonnelNumber='000002')", &token)
        .await;
    let nobody = stand
        .data("/data/Workers(PersonnelNumber='999999')", &token)
        .await;
    assert_eq!(
        (other.status(), nobody.status()),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn the_audience_may_end_in_a_slash() {
    let stand = Stand::new().await;
    let audience = format!("{}/", stand.running.url());
    let token = stand
        .token(json!({ "worker": null, "audience": audience }))
        .await;
    assert_eq!(
        stand.data("/data/Titles", &token).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn old_tokens_outlive_a_rotation_but_not_a_removal() {
    let stand = Stand::new().await;
    let old = stand.talent_token(None).await;
    let status = async |token: &str| stand.data("/data/Titles", token).await.status();
    stand
        .turn(Method::POST, "keys/rotate", json!({ "remove_old": false }))
        .await;
    assert_eq!(status(&old).await, StatusCode::OK);
    let answer = stand
        .turn(Method::POST, "keys/rotate", json!({ "remove_old": true }))
        .await;
    assert_eq!(answer["published"], json!([answer["kid"]]));
    assert_eq!(status(&old).await, StatusCode::UNAUTHORIZED);
    let new = stand.talent_token(None).await;
    assert_eq!(status(&new).await, StatusCode::OK);
}

#[tokio::test]
async fn scripts_of_other_origins_get_no_help() {
    let stand = Stand::new().await;
    let token = stand.talent_token(None).await;
    let request = stand
        .client
        .get(stand.url("/data/Titles"))
        .bearer_auth(&token);
    let response = request
        .header("origin", "http://localhost:7400")
        .send()
        .await
        .unwrap();
    let cors = response
        .headers()
        .keys()
        .find(|name| name.as_str().starts_with("access-control"));
    assert_eq!(cors, None);
    let preflight = stand
        .client
        .request(Method::OPTIONS, stand.url("/data/Titles"));
    let preflight = preflight
        .header("origin", "http://localhost:7400")
        .send()
        .await
        .unwrap();
    assert!(
        preflight.status().is_client_error(),
        "{}",
        preflight.status()
    );
}
