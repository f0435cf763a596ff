use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::stand::Stand;

async fn row(stand: &Stand, path: &str) -> Value {
    let token = stand.talent_token(None).await;
    let response = stand.data(path, &token).await;
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    response.json().await.unwrap()
}

#[tokio::test]
async fn a_new_worker_has_an_employment_a_position_and_an_account() {
    let stand = Stand::adventure_works().await;
    let body = json!({ "PersonnelNumber": "000500", "FirstName": "Ada", "LastName": "Almeida",
        "PrimaryContactEmail": "ada.almeida@adventure-works.com", "TitleId": "Astronaut", "ReportsTo": "000014" });
    let (status, answer) = stand.control(Method::POST, "workers", body).await;
    assert_eq!(
        (status, &answer["PositionId"]),
        (StatusCode::CREATED, &json!("P000500"))
    );
    let worker = row(&stand, "/data/Workers('000500')").await;
    for (name, expected) in [
        ("Name", "Ada Almeida"),
        ("WorkerStatus", "Employed"),
        ("TitleId", "Astronaut"),
    ] {
        assert_eq!(worker[name], expected, "{name}");
    }
    let position = row(&stand, "/data/Positions('P000500')").await;
    assert_eq!(
        (&position["ReportsToPositionId"], &position["TitleId"]),
        (&json!("P000014"), &json!("Astronaut"))
    );
    row(&stand, "/data/Titles('Astronaut')").await;
    let manager = stand.talent_token(Some("000014")).await;
    let seen = stand.data("/data/Workers('000500')", &manager).await;
    assert_eq!(
        seen.status(),
        StatusCode::OK,
        "the new manager sees the new worker"
    );
    stand
        .token(json!({ "worker": "ada.almeida@adventure-works.com" }))
        .await;
}

#[tokio::test]
async fn a_change_reaches_worker_position_and_employment() {
    let stand = Stand::adventure_works().await;
    let change = json!({ "LastName": "Gilbert-Baker", "TitleId": "Janitor", "ReportsTo": "000112",
        "DepartmentNumber": "030", "EmploymentEndDate": "2026-01-31" });
    let answer = stand.turn(Method::PATCH, "workers/000001", change).await;
    assert_eq!(
        (&answer["Name"], &answer["WorkerStatus"]),
        (&json!("Guy R Gilbert-Baker"), &json!("Terminated"))
    );
    let position = row(&stand, "/data/Positions('P000001')").await;
    for (name, expected) in [
        ("WorkerName", "Guy R Gilbert-Baker"),
        ("TitleId", "Janitor"),
        ("ReportsToPositionId", "P000112"),
        ("DepartmentNumber", "030"),
    ] {
        assert_eq!(position[name], expected, "{name}");
    }
    let filter = "/data/EmploymentsV2?$filter=PersonnelNumber%20eq%20'000001'";
    let employment = &row(&stand, filter).await["value"][0];
    assert_eq!(employment["EmploymentEndDate"], "2026-01-31T23:59:59Z");
    stand
        .turn(
            Method::PATCH,
            "workers/000001",
            json!({ "ReportsTo": null }),
        )
        .await;
    let position = row(&stand, "/data/Positions('P000001')").await;
    assert_eq!(position["ReportsToPositionId"], "");
}

#[tokio::test]
async fn a_rehire_is_a_new_employment_of_the_same_worker() {
    let stand = Stand::adventure_works().await;
    stand
        .turn(
            Method::PATCH,
            "workers/000029",
            json!({ "EmploymentEndDate": "2026-01-31" }),
        )
        .await;
    let back = json!({ "EmploymentId": "000029-2", "EmploymentStartDate": "2026-06-01" });
    let answer = stand.turn(Method::PATCH, "workers/000029", back).await;
    assert_eq!(answer["WorkerStatus"], "Employed");
    let filter = "/data/EmploymentsV2?$filter=PersonnelNumber%20eq%20'000029'&$count=true";
    assert_eq!(row(&stand, filter).await["@odata.count"], 2);
}

#[tokio::test]
async fn what_it_does_not_know_is_refused_with_what_it_knows() {
    let stand = Stand::new().await;
    let patch = async |body| stand.control(Method::PATCH, "workers/000001", body).await;
    let (status, answer) = patch(json!({ "Salary": 1 })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let error = answer["error"].as_str().unwrap();
    for name in [
        "Salary",
        "WorkerStatus",
        "EmploymentEndDate",
        "ReportsToPositionId",
        "ReportsTo",
    ] {
        assert!(error.contains(name), "expected {name} in {error}");
    }
    for body in [
        json!({ "WorkerStatus": "Gone" }),
        json!({ "EmploymentEndDate": "tomorrow" }),
        json!({ "ReportsTo": "999999" }),
        json!({ "PersonnelNumber": "000002" }),
        json!([]),
    ] {
        let (status, answer) = patch(body.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}: {answer}");
    }
    let (status, _) = stand
        .control(Method::PATCH, "workers/999999", json!({}))
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = stand
        .control(
            Method::POST,
            "workers",
            json!({ "PersonnelNumber": "000001" }),
        )
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "the number is taken");
}
