use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::Stand;

async fn status(stand: &Stand, number: &str) -> String {
    let token = stand.talent_token(None).await;
    let path = format!("/data/Workers(PersonnelNumber='{number}')?$select=WorkerStatus");
    let body: Value = stand.data(&path, &token).await.json().await.unwrap();
    body["WorkerStatus"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_employment_ends_when_its_last_day_is_over() {
    let stand = Stand::adventure_works().await;
    stand
        .turn(
            Method::PUT,
            "clock",
            json!({ "now": "2026-11-22T08:00:00Z" }),
        )
        .await;
    let end = json!({ "EmploymentEndDate": "2026-12-31" });
    stand.turn(Method::PATCH, "workers/000029", end).await;
    assert_eq!(status(&stand, "000029").await, "Employed");
    stand
        .turn(
            Method::PUT,
            "clock",
            json!({ "now": "2026-12-31T12:00:00Z" }),
        )
        .await;
    assert_eq!(
        status(&stand, "000029").await,
        "Employed",
        "on the last day"
    );
    stand
        .turn(
            Method::PUT,
            "clock",
            json!({ "now": "2027-01-01T00:00:00Z" }),
        )
        .await;
    assert_eq!(
        status(&stand, "000029").await,
        "Terminated",
        "on the day after"
    );
    assert_eq!(status(&stand, "000030").await, "Employed", "another worker");
}

#[tokio::test]
async fn a_future_hire_begins_when_the_day_comes() {
    let stand = Stand::new().await;
    stand
        .turn(
            Method::PUT,
            "clock",
            json!({ "now": "2026-11-22T08:00:00Z" }),
        )
        .await;
    let hire = json!({ "PersonnelNumber": "777777", "EmploymentStartDate": "2026-12-01" });
    let answer = stand.turn(Method::POST, "workers", hire).await;
    assert_eq!(answer["WorkerStatus"], "Pending");
    stand
        .turn(Method::PUT, "clock", json!({ "advance_s": 9 * 24 * 3600 }))
        .await;
    assert_eq!(status(&stand, "777777").await, "Employed");
}

#[tokio::test]
async fn tokens_follow_the_clock() {
    let stand = Stand::new().await;
    let token = stand.talent_token(None).await;
    stand
        .turn(Method::PUT, "clock", json!({ "advance_s": 3 * 3600 }))
        .await;
    let response = stand.data("/data/Titles", &token).await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_clock_that_is_late_refuses_tokens_of_the_right_time() {
    let stand = Stand::new().await;
    let token = stand.talent_token(None).await;
    // Tokens are dated back five minutes, and two clocks may differ by as much.
    for (late_s, expected) in [(-500, StatusCode::OK), (-200, StatusCode::UNAUTHORIZED)] {
        stand
            .turn(Method::PUT, "clock", json!({ "advance_s": late_s }))
            .await;
        let response = stand.data("/data/Titles", &token).await;
        assert_eq!(response.status(), expected, "{late_s} s further back");
    }
}

#[tokio::test]
async fn it_wants_one_of_two() {
    let stand = Stand::new().await;
    for body in [
        json!({}),
        json!({ "now": "2026-11-22T08:00:00Z", "advance_s": 1 }),
        json!({ "now": "noon" }),
    ] {
        let (status, answer) = stand.control(Method::PUT, "clock", body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
        assert!(answer["expected"].is_array(), "{answer}");
    }
}
