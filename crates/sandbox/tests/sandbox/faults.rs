use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::Stand;

const WORKER: &str = "/data/Workers(PersonnelNumber='000001')";

async fn patch(stand: &Stand, coins: i64) -> reqwest::Result<reqwest::Response> {
    let token = stand.talent_token(None).await;
    let body = json!({ "EloopsCoins_Custom": coins }).to_string();
    let request = stand.client.patch(stand.url(WORKER)).bearer_auth(token);
    request
        .header("content-type", "application/json")
        .body(body)
        .send()
        .await
}

async fn coins(stand: &Stand) -> i64 {
    let token = stand.talent_token(None).await;
    let body: Value = stand.data(WORKER, &token).await.json().await.unwrap();
    body["EloopsCoins_Custom"].as_i64().unwrap()
}

#[tokio::test]
async fn a_status_is_given_as_often_as_it_says() {
    let stand = Stand::new().await;
    let fault =
        json!([{ "match": "PATCH /data/Workers", "status": 429, "retry_after": 2, "times": 2 }]);
    stand.turn(Method::PUT, "faults", fault).await;
    for _ in 0..2 {
        let response = patch(&stand, 5).await.unwrap();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()["retry-after"], "2");
        let body: Value = response.json().await.unwrap();
        let message = body["error"]["innererror"]["message"].as_str().unwrap();
        assert!(message.contains("high resource utilization"), "{message}");
    }
    assert_eq!(coins(&stand).await, 0, "no work was done");
    assert_eq!(
        patch(&stand, 5).await.unwrap().status(),
        StatusCode::NO_CONTENT
    );
    assert_eq!(coins(&stand).await, 5);
}

#[tokio::test]
async fn a_dropped_answer_has_done_the_work() {
    let stand = Stand::new().await;
    let fault = json!([{ "match": "PATCH /data/Workers", "drop_response": true, "times": 1 }]);
    stand.turn(Method::PUT, "faults", fault).await;
    let answer = patch(&stand, 7).await;
    assert!(
        answer.is_err(),
        "expected a closed connection, was {answer:?}"
    );
    assert_eq!(coins(&stand).await, 7);
    let log = stand.turn(Method::GET, "requests", json!({})).await;
    let line = json!({ "method": "PATCH", "path": "/data/Workers(…)", "status": 204, "count": 1 });
    assert!(log.as_array().unwrap().contains(&line), "{log}");
}

#[tokio::test]
async fn a_truncated_answer_breaks_off() {
    let stand = Stand::new().await;
    let fault = json!([{ "match": "GET /data/Workers", "truncate": true, "times": 1 }]);
    stand.turn(Method::PUT, "faults", fault).await;
    let token = stand.talent_token(None).await;
    let response = stand.data("/data/Workers", &token).await;
    let announced = response.content_length().unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(
        response.bytes().await.is_err(),
        "expected fewer than {announced} bytes"
    );
    let response = stand.data("/data/Workers", &token).await;
    assert_eq!(response.bytes().await.unwrap().len() as u64, announced);
}

#[tokio::test]
async fn a_delay_delays() {
    let stand = Stand::new().await;
    stand
        .turn(
            Method::PUT,
            "faults",
            json!([{ "match": "GET /data/Titles", "delay_ms": 120 }]),
        )
        .await;
    let token = stand.talent_token(None).await;
    let began = std::time::Instant::now();
    assert_eq!(
        stand.data("/data/Titles", &token).await.status(),
        StatusCode::OK
    );
    assert!(began.elapsed().as_millis() >= 120, "{:?}", began.elapsed());
}

#[tokio::test]
async fn sign_in_can_fail_too_and_with_a_body_of_choice() {
    let stand = Stand::new().await;
    let token = format!("POST /{}/oauth2", talent_sandbox::TENANT);
    let faults = json!([
        { "match": token, "status": 503, "retry_after": 1, "times": 1 },
        { "match": token, "status": 400, "body": { "error": "interaction_required", "claims": "{}" } },
    ]);
    stand.turn(Method::PUT, "faults", faults).await;
    let (status, body) = stand.redeem(&[]).await;
    assert_eq!(
        (status, &body["error"]),
        (
            StatusCode::SERVICE_UNAVAILABLE,
            &json!("temporarily_unavailable")
        )
    );
    let (status, body) = stand.redeem(&[]).await;
    assert_eq!(
        (status, &body["error"]),
        (StatusCode::BAD_REQUEST, &json!("interaction_required"))
    );
}

#[tokio::test]
async fn the_token_endpoint_throttles_with_a_time_to_wait() {
    let stand = Stand::new().await;
    let token = format!("POST /{}/oauth2", talent_sandbox::TENANT);
    let faults = json!([
        { "match": token, "status": 429, "retry_after": 7, "times": 1 },
        { "match": token, "status": 503, "retry_after": 9, "times": 1 },
    ]);
    stand.turn(Method::PUT, "faults", faults).await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", "eloops-server"),
        ("client_secret", "sandbox-secret"),
        ("scope", "api://eloops/.default"),
    ];
    let ask = || {
        stand
            .client
            .post(stand.tenant("/oauth2/v2.0/token"))
            .form(&form)
            .send()
    };
    for (status, wait) in [(429, "7"), (503, "9")] {
        let response = ask().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["retry-after"], wait);
        let body: Value = response.json().await.unwrap();
        assert_eq!(body["error"], "temporarily_unavailable", "{body}");
        assert!(body.get("access_token").is_none(), "{body}");
    }
    assert_eq!(ask().await.unwrap().status(), StatusCode::OK, "afterwards");
}

#[tokio::test]
async fn the_keys_can_be_down_slow_broken_and_garbage() {
    let stand = Stand::new().await;
    let path = format!("/{}/discovery/v2.0/keys", talent_sandbox::TENANT);
    let target = format!("GET {path}");
    let faults = json!([
        { "match": target, "status": 500, "times": 1 },
        { "match": target, "status": 200, "body": "<html>no keys", "times": 1 },
        { "match": target, "status": 200, "body": { "keys": [] }, "times": 1 },
        { "match": target, "truncate": true, "times": 1 },
        { "match": target, "drop_response": true, "times": 1 },
        { "match": target, "delay_ms": 60, "times": 1 },
    ]);
    stand.turn(Method::PUT, "faults", faults).await;
    let ask = || stand.client.get(stand.url(&path)).send();
    assert_eq!(ask().await.unwrap().status(), 500);
    let garbage = ask().await.unwrap();
    assert_eq!(garbage.status(), StatusCode::OK);
    assert_eq!(garbage.text().await.unwrap(), "<html>no keys");
    let empty: Value = ask().await.unwrap().json().await.unwrap();
    assert_eq!(empty, json!({ "keys": [] }));
    let broken = ask().await.unwrap().bytes().await;
    assert!(broken.is_err(), "expected half an answer, was {broken:?}");
    let down = ask().await;
    assert!(down.is_err(), "expected a closed connection, was {down:?}");
    let began = std::time::Instant::now();
    let slow: Value = ask().await.unwrap().json().await.unwrap();
    assert!(began.elapsed().as_millis() >= 60, "{:?}", began.elapsed());
    assert_eq!(slow["keys"].as_array().map(Vec::len), Some(1), "{slow}");
}

#[tokio::test]
async fn a_batch_has_faults_inside() {
    let stand = Stand::new().await;
    let fault = json!([{ "match": "PATCH /data/Workers", "status": 429, "times": 1 }]);
    stand.turn(Method::PUT, "faults", fault).await;
    let token = stand.talent_token(None).await;
    let body = format!(
        "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: 1\r\n\r\nPATCH {} HTTP/1.1\r\nContent-Type: application/json\r\n\r\n{{\"EloopsCoins_Custom\": 9}}\r\n--c--\r\n--b--\r\n",
        stand.url(WORKER)
    );
    let request = stand
        .client
        .post(stand.url("/data/$batch"))
        .bearer_auth(token);
    let response = request
        .header("content-type", "multipart/mixed; boundary=b")
        .body(body)
        .send()
        .await
        .unwrap();
    let text = response.text().await.unwrap();
    assert!(text.contains("HTTP/1.1 429"), "{text}");
    assert_eq!(coins(&stand).await, 0);
    let log = stand.turn(Method::GET, "requests", json!({})).await;
    let inner = log
        .as_array()
        .unwrap()
        .iter()
        .find(|line| line["in_batch"] == true);
    assert_eq!(
        inner.map(|line| &line["status"]),
        Some(&json!(429)),
        "{log}"
    );
}

#[tokio::test]
async fn what_cannot_act_is_refused() {
    let stand = Stand::new().await;
    for body in [
        json!([{ "match": "/data" }]),
        json!([{ "match": "GET /data", "status": 99 }]),
        json!([{ "match": "GET /data", "colour": "red" }]),
        json!({ "match": "GET /data" }),
    ] {
        let (status, answer) = stand.control(Method::PUT, "faults", body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
        assert!(answer["expected"][0]["match"].is_string(), "{answer}");
    }
}
