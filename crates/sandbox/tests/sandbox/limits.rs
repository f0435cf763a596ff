use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::Stand;

#[tokio::test]
async fn too_many_requests_are_429_until_the_window_has_moved() {
    let stand = Stand::new().await;
    stand
        .turn(
            Method::PUT,
            "limits",
            json!({ "requests": 2, "window_s": 300 }),
        )
        .await;
    let token = stand.talent_token(None).await;
    for _ in 0..2 {
        assert_eq!(
            stand.data("/data/Titles", &token).await.status(),
            StatusCode::OK
        );
    }
    let refused = stand.data("/data/Titles", &token).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!(
        (290..=300).contains(&wait),
        "expected nearly 300 s, was {wait}"
    );
    let body: Value = refused.json().await.unwrap();
    assert_eq!(
        body["error"]["message"],
        "Number of requests exceeded the limit of 2 over time window of 300 seconds."
    );
    stand
        .turn(Method::PUT, "clock", json!({ "advance_s": 301 }))
        .await;
    assert_eq!(
        stand.data("/data/Titles", &token).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn each_caller_has_a_limit_of_its_own() {
    let stand = Stand::new().await;
    stand
        .turn(Method::PUT, "limits", json!({ "requests": 1 }))
        .await;
    for worker in [None, Some("000001"), Some("000002")] {
        let token = stand.talent_token(worker).await;
        assert_eq!(
            stand.data("/data/Titles", &token).await.status(),
            StatusCode::OK,
            "{worker:?}"
        );
    }
}

#[tokio::test]
async fn so_many_at_once_and_no_more() {
    let stand = Stand::new().await;
    stand
        .turn(
            Method::PUT,
            "limits",
            json!({ "concurrency": 2, "request_ms": 300 }),
        )
        .await;
    let token = stand.talent_token(None).await;
    let requests = (0..4).map(|_| stand.data("/data/Titles", &token));
    let answers = futures_util::future::join_all(requests).await;
    let refused = answers
        .iter()
        .filter(|a| a.status() == StatusCode::TOO_MANY_REQUESTS)
        .count();
    assert_eq!(refused, 2, "of four at once");
}

#[tokio::test]
async fn execution_takes_the_time_it_is_set_to_take() {
    let stand = Stand::new().await;
    stand
        .turn(
            Method::PUT,
            "limits",
            json!({ "execution_s": 0, "request_ms": 20, "operation_ms": 30 }),
        )
        .await;
    let token = stand.talent_token(None).await;
    let began = std::time::Instant::now();
    assert_eq!(
        stand.data("/data/Titles", &token).await.status(),
        StatusCode::OK
    );
    assert!(began.elapsed().as_millis() >= 50, "{:?}", began.elapsed());
    let refused = stand.data("/data/Titles", &token).await;
    let body: Value = refused.json().await.unwrap();
    let message = body["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("Combined execution time"), "{message}");
}
