use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::{SPA, Stand, VERIFIER, assert_refused, claims};

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

fn text(body: &Value, member: &str) -> String {
    body[member]
        .as_str()
        .unwrap_or_else(|| panic!("expected {member} in {body}"))
        .to_owned()
}

#[tokio::test]
async fn a_refresh_token_serves_another_api_and_stays_good() {
    let stand = Stand::new().await;
    let code = stand.code("000001", &[]).await;
    let (_, body) = stand.redeem_code(&code, &[]).await;
    let first = text(&body, "refresh_token");
    let talent = format!("{}/.default", stand.running.url());
    for (scope, audience) in [(talent.as_str(), stand.running.url()), ("", "api://eloops")] {
        let (status, body) = refresh(&stand, &first, scope).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert_eq!(claims(&text(&body, "access_token"))["aud"], audience);
        assert_ne!(text(&body, "refresh_token"), first);
    }
}

#[tokio::test]
async fn a_refresh_token_is_the_apps_own_and_ends() {
    let stand = Stand::new().await;
    let code = stand.code("000001", &[]).await;
    let (_, body) = stand.redeem_code(&code, &[]).await;
    let token = text(&body, "refresh_token");
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "other-app"),
        ("client_secret", "other-secret"),
        ("refresh_token", token.as_str()),
    ];
    assert_refused(stand.redeem(&form).await, "invalid_grant", 9_002_313);
    stand
        .turn(Method::PUT, "clock", json!({ "advance_s": 90 * 24 * 3600 }))
        .await;
    assert_refused(refresh(&stand, &token, "").await, "invalid_grant", 700_082);
}

#[tokio::test]
async fn a_single_page_applications_day_does_not_begin_again() {
    let stand = Stand::new().await;
    let origin = Some("http://localhost:7400");
    let code = stand
        .code(
            "000001",
            &[("client_id", "eloops-spa"), ("redirect_uri", SPA)],
        )
        .await;
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", "eloops-spa"),
        ("redirect_uri", SPA),
        ("code_verifier", VERIFIER),
        ("code", code.as_str()),
    ];
    let (_, body) = stand.redeem_from(&form, origin).await;
    let mut token = text(&body, "refresh_token");
    for hours in [20, 3] {
        stand
            .turn(Method::PUT, "clock", json!({ "advance_s": hours * 3600 }))
            .await;
        let form = [
            ("grant_type", "refresh_token"),
            ("client_id", "eloops-spa"),
            ("refresh_token", &token),
        ];
        let (status, body) = stand.redeem_from(&form, origin).await;
        assert_eq!(status, StatusCode::OK, "after {hours} h: {body}");
        token = text(&body, "refresh_token");
    }
    stand
        .turn(Method::PUT, "clock", json!({ "advance_s": 3600 }))
        .await;
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "eloops-spa"),
        ("refresh_token", &token),
    ];
    assert_refused(
        stand.redeem_from(&form, origin).await,
        "invalid_grant",
        700_084,
    );
}

#[tokio::test]
async fn without_offline_access_there_is_no_refresh_token() {
    let stand = Stand::new().await;
    let code = stand
        .code("000001", &[("scope", "api://eloops/access_as_user")])
        .await;
    let (_, body) = stand.redeem_code(&code, &[]).await;
    assert!(
        body.get("refresh_token").is_none() && body.get("id_token").is_none(),
        "{body}"
    );
}
