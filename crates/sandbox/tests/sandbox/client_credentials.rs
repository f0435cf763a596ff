use reqwest::StatusCode;
use serde_json::Value;

use crate::stand::{Stand, assert_refused, claims};

async fn ask(stand: &Stand, app: (&str, &str), scope: &str) -> (StatusCode, Value) {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app.0),
        ("client_secret", app.1),
        ("scope", scope),
    ];
    stand.redeem(&form).await
}

const SERVER: (&str, &str) = ("eloops-server", "sandbox-secret");

#[tokio::test]
async fn the_app_reads_talent_with_its_own_token() {
    let stand = Stand::new().await;
    let scope = format!("{}/.default", stand.running.url());
    let (status, body) = ask(&stand, SERVER, &scope).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert!(
        body.get("refresh_token").is_none() && body.get("id_token").is_none(),
        "{body}"
    );
    let token = body["access_token"].as_str().unwrap();
    let claims = claims(token);
    assert_eq!((&claims["idtyp"], claims.get("scp")), (&"app".into(), None));
    assert!(
        claims["oid"].is_string() && claims.get("roles").is_none(),
        "{claims}"
    );
    let response = stand.data("/data/Workers?$count=true&$top=1", token).await;
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["@odata.count"], 40, "{body}");
}

#[tokio::test]
async fn scopes_must_end_in_default() {
    let stand = Stand::new().await;
    let refused = ask(&stand, SERVER, "api://eloops/access_as_user").await;
    assert_refused(refused, "invalid_scope", 70_011);
    let both = format!("api://eloops/.default {}/.default", stand.running.url());
    assert_refused(ask(&stand, SERVER, &both).await, "invalid_scope", 70_011);
    assert_refused(
        ask(&stand, SERVER, "api://x/.default").await,
        "invalid_resource",
        500_011,
    );
    assert_refused(ask(&stand, SERVER, "").await, "invalid_request", 900_144);
}

#[tokio::test]
async fn an_app_talent_does_not_list_gets_a_token_that_opens_nothing() {
    let stand = Stand::new().await;
    let scope = format!("{}/.default", stand.running.url());
    let (status, body) = ask(&stand, ("other-app", "other-secret"), &scope).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let response = stand
        .data("/data/Workers", body["access_token"].as_str().unwrap())
        .await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn common_names_no_tenant_for_an_app() {
    let stand = Stand::new().await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "eloops-server"),
        ("client_secret", "sandbox-secret"),
        ("scope", "api://eloops/.default"),
    ];
    let request = stand
        .client
        .post(stand.url("/common/oauth2/v2.0/token"))
        .form(&form);
    let response = request.send().await.unwrap();
    assert_refused(
        (response.status(), response.json().await.unwrap()),
        "invalid_request",
        50_059,
    );
}
