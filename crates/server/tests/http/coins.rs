//! Awards and corrections.

use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::people::People;
use crate::support::world::{World, refusal};

async fn enter(world: &World, bearer: &str, id: &str, body: Value, key: Option<&str>) -> Response {
    let path = format!("/api/v1/members/{id}/coin-transactions");
    let mut request = world.ask(Method::POST, &path, bearer).json(&body);
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    request.send().await.unwrap()
}

on_both! {
    async fn an_award_raises_the_balance_once_for_each_key(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (id, number) = (&people.worker.id, &people.worker.worker_number);
        let admin = world.admin_token(&people.stranger.worker_number).await;
        let award = json!({"amount": 50, "reason": "Helped a colleague"});

        let mut ids = Vec::new();
        for _ in 0..2 {
            let answer = enter(&world, &admin, id, award.clone(), Some("key-1")).await;
            assert_eq!(answer.status(), 201);
            let line: Value = answer.json().await.unwrap();
            assert_eq!((&line["amount"], &line["balance"], &line["kind"]), (&json!(50), &json!(50), &json!("award")));
            ids.push(line["id"].clone());
        }
        assert_eq!(ids[0], ids[1], "the same line for the same key");
        let other = enter(&world, &admin, id, json!({"amount": 51, "reason": "x"}), Some("key-1")).await;
        assert_eq!(refusal(other).await, (409, "idempotency_conflict".to_owned()));

        let down = enter(&world, &admin, id, json!({"amount": -20, "reason": "Entered twice"}), None).await;
        assert_eq!(down.status(), 201);
        let too_far = enter(&world, &admin, id, json!({"amount": -31, "reason": "x"}), None).await;
        assert_eq!(refusal(too_far).await, (409, "balance_too_low".to_owned()));

        let own = world.token(number).await;
        let activity = world.get(&format!("/workers/{number}/activity"), &own).await;
        assert_eq!(activity["coins"], json!({"balance": 30, "earned_total": 50}));
        let lines = world.get(&format!("/members/{id}/coin-transactions?limit=1"), &own).await;
        assert_eq!(lines["items"][0]["amount"], -20, "newest first");
        assert!(lines["next_cursor"].is_string());
    }
}

#[tokio::test]
async fn only_administrators_enter_and_only_what_makes_sense() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let id = &people.worker.id;
    for who in [&people.worker, &people.manager, &people.stranger] {
        let bearer = world.token(&who.worker_number).await;
        let answer = enter(
            &world,
            &bearer,
            id,
            json!({"amount": 5, "reason": "x"}),
            None,
        )
        .await;
        assert_eq!(refusal(answer).await, (403, "forbidden".to_owned()));
    }
    let admin = world.admin_token(&people.stranger.worker_number).await;
    for body in [
        json!({"amount": 0, "reason": "x"}),
        json!({"amount": 1_000_001, "reason": "x"}),
        json!({"amount": 5, "reason": "  "}),
        json!({"amount": 5, "reason": "x".repeat(501)}),
        json!({"amount": 1.5, "reason": "x"}),
        json!({"amount": "5", "reason": "x"}),
        json!({"reason": "x"}),
    ] {
        let answer = enter(&world, &admin, id, body.clone(), None).await;
        assert_eq!(
            refusal(answer).await,
            (422, "invalid_request".to_owned()),
            "{body}"
        );
    }
    let nobody = enter(
        &world,
        &admin,
        "nobody",
        json!({"amount": 5, "reason": "x"}),
        None,
    )
    .await;
    assert_eq!(refusal(nobody).await, (404, "not_found".to_owned()));
}
