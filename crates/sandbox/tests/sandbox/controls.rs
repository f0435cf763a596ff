use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use talent_sandbox::{CompanySource, Options};

use crate::stand::{Stand, claims, header};

async fn properties(stand: &Stand) -> String {
    let token = stand.talent_token(None).await;
    stand
        .data("/data/$metadata", &token)
        .await
        .text()
        .await
        .unwrap()
}

#[tokio::test]
async fn custom_fields_show_once_they_are_enabled() {
    let options = Options {
        company: CompanySource::MadeUp(3),
        without_custom_fields: true,
        ..Options::default()
    };
    let stand = Stand::with(options).await;
    assert!(!properties(&stand).await.contains("EloopsCoins"));
    let field = |enabled: bool| json!({ "name": "EloopsCoins", "type": "Number", "label": "Eloops coins", "enabled": enabled });
    stand
        .turn(Method::POST, "custom-fields", field(false))
        .await;
    assert!(
        !properties(&stand).await.contains("EloopsCoins"),
        "before changes are applied"
    );
    let listed = stand.turn(Method::POST, "custom-fields", field(true)).await;
    assert_eq!(
        (&listed[0]["enabled"], &listed[0]["property"]),
        (&json!(true), &json!("EloopsCoins_Custom"))
    );
    assert!(
        properties(&stand)
            .await
            .contains("Name=\"EloopsCoins_Custom\"")
    );
    for bad in [
        json!({ "name": "EloopsCoins", "type": "Text" }),
        json!({ "name": "Other", "type": "Colour" }),
        json!({ "name": "Other" }),
        json!({ "name": "1st", "type": "Number" }),
        json!({ "type": "Number" }),
    ] {
        let (status, answer) = stand
            .control(Method::POST, "custom-fields", bad.clone())
            .await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}: {answer}");
    }
}

#[tokio::test]
async fn both_eloops_fields_are_there_unless_told_otherwise() {
    let stand = Stand::new().await;
    let document = properties(&stand).await;
    assert!(document.contains("EloopsCoins_Custom") && document.contains("EloopsUploads_Custom"));
}

#[tokio::test]
async fn a_reset_takes_everything_back() {
    let stand = Stand::new().await;
    stand
        .turn(
            Method::PATCH,
            "workers/000001",
            json!({ "LastName": "Changed" }),
        )
        .await;
    stand
        .turn(
            Method::POST,
            "workers",
            json!({ "PersonnelNumber": "999000" }),
        )
        .await;
    stand
        .turn(
            Method::POST,
            "custom-fields",
            json!({ "name": "Extra", "type": "Text", "enabled": true }),
        )
        .await;
    stand
        .turn(
            Method::PUT,
            "faults",
            json!([{ "match": "GET /data", "status": 503 }]),
        )
        .await;
    stand
        .turn(Method::PUT, "limits", json!({ "requests": 0 }))
        .await;
    stand
        .turn(Method::PUT, "clock", json!({ "advance_s": 1_000_000 }))
        .await;
    stand.turn(Method::POST, "reset", json!({})).await;
    let token = stand.talent_token(None).await;
    let body: Value = stand
        .data("/data/Workers?$count=true", &token)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(body["@odata.count"], 40);
    assert_ne!(body["value"][0]["LastName"], "Changed");
    assert!(!properties(&stand).await.contains("Extra_Custom"));
    let clock = stand.turn(Method::GET, "clock", json!({})).await;
    let now: jiff::Timestamp = clock["now"].as_str().unwrap().parse().unwrap();
    let off = now.duration_since(jiff::Timestamp::now()).abs();
    assert!(off < jiff::SignedDuration::from_mins(1), "off by {off:?}");
}

#[tokio::test]
async fn requests_are_counted_without_keys_and_without_controls() {
    let stand = Stand::new().await;
    let token = stand.talent_token(None).await;
    stand.turn(Method::DELETE, "requests", json!({})).await;
    for number in ["000001", "000002", "nobody"] {
        stand
            .data(
                &format!("/data/Workers(PersonnelNumber='{number}')"),
                &token,
            )
            .await;
    }
    stand.data("/data/Workers?$top=1", &token).await;
    let log = stand.turn(Method::GET, "requests", json!({})).await;
    assert_eq!(
        log,
        json!([
            { "method": "GET", "path": "/data/Workers", "status": 200, "count": 1 },
            { "method": "GET", "path": "/data/Workers(…)", "status": 200, "count": 2 },
            { "method": "GET", "path": "/data/Workers(…)", "status": 404, "count": 1 },
        ])
    );
    stand.turn(Method::DELETE, "requests", json!({})).await;
    assert_eq!(
        stand.turn(Method::GET, "requests", json!({})).await,
        json!([])
    );
}

#[tokio::test]
async fn any_token_can_be_forged() {
    let stand = Stand::new().await;
    let token = stand.token(json!({ "worker": "000001", "audience": "api://eloops", "scopes": ["a", "b"],
        "roles": ["R"], "claims": { "name": null, "extra": [1] }, "header": { "typ": null, "jku": "http://x" },
        "lifetime_s": -5 })).await;
    let claims = claims(&token);
    assert_eq!(
        (&claims["scp"], &claims["roles"], &claims["extra"]),
        (&json!("a b"), &json!(["R"]), &json!([1]))
    );
    assert!(claims.get("name").is_none() && header(&token).get("typ").is_none());
    assert_eq!(header(&token)["jku"], "http://x");
    let (nbf, exp) = (
        claims["nbf"].as_i64().unwrap(),
        claims["exp"].as_i64().unwrap(),
    );
    assert!(
        nbf < exp && exp < jiff::Timestamp::now().as_second(),
        "{nbf} {exp}"
    );
    let (status, answer) = stand
        .control(Method::POST, "tokens", json!({ "worker": "nobody" }))
        .await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
}

#[tokio::test]
async fn what_is_no_json_is_refused_with_an_example() {
    let stand = Stand::new().await;
    for (method, path) in [
        (Method::POST, "workers"),
        (Method::PATCH, "workers/000001"),
        (Method::POST, "custom-fields"),
        (Method::PUT, "faults"),
        (Method::PUT, "limits"),
        (Method::PUT, "clock"),
        (Method::PUT, "policies"),
        (Method::POST, "tokens"),
        (Method::POST, "certificates"),
        (Method::POST, "keys/rotate"),
    ] {
        let url = stand.url(&format!("/sandbox/{path}"));
        let response = stand
            .client
            .request(method, url)
            .body("{no json")
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{path}");
        let body: Value = response.json().await.unwrap();
        assert!(
            body["error"].is_string() && !body["expected"].is_null(),
            "{path}: {body}"
        );
    }
}
