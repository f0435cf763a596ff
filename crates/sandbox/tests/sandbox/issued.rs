use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::Stand;

#[tokio::test]
async fn every_token_given_out_is_listed_until_a_reset() {
    let stand = Stand::new().await;
    stand.turn(Method::POST, "reset", json!({})).await;
    let code = stand.code("000001", &[]).await;
    let (status, body) = stand.redeem_code(&code, &[]).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    let forged = stand.token(json!({ "worker": null })).await;
    let listed = stand.turn(Method::GET, "tokens", json!({})).await;
    let listed = listed.as_array().unwrap().clone();
    let line = |kind: &str, value: &Value| json!({ "kind": kind, "value": value });
    for expected in [
        line("access_token", &body["access_token"]),
        line("id_token", &body["id_token"]),
        line("refresh_token", &body["refresh_token"]),
        line("access_token", &json!(forged)),
    ] {
        assert!(listed.contains(&expected), "{expected} in {listed:?}");
    }
    stand.turn(Method::POST, "reset", json!({})).await;
    let listed = stand.turn(Method::GET, "tokens", json!({})).await;
    assert_eq!(listed, json!([]));
}
