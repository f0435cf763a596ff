//! Runs started and followed through the API.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::people::People;
use crate::support::world::{World, refusal};

async fn start(world: &World, bearer: &str, body: Value, key: &str) -> (u16, Value) {
    let request = world
        .ask(Method::POST, "/api/v1/talent/sync-runs", bearer)
        .json(&body);
    let answer = request.header("idempotency-key", key).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// The run once it has ended; up to a minute of real time.
async fn ended(world: &World, bearer: &str, id: &str) -> Value {
    for _ in 0..600 {
        let run = world.get(&format!("/talent/sync-runs/{id}"), bearer).await;
        if run["finished_at"].is_string() {
            return run;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the run {id} did not end within a minute");
}

on_both! {
    async fn a_run_is_started_once_and_followed(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let admin = world.admin_token(&people.stranger.worker_number).await;

        let (status, run) = start(&world, &admin, json!({"direction": "out"}), "a").await;
        assert_eq!(status, 202, "{run}");
        assert_eq!((&run["direction"], &run["trigger"]), (&json!("out"), &json!("api")));
        let id = run["id"].as_str().unwrap();
        let (_, again) = start(&world, &admin, json!({"direction": "out"}), "a").await;
        assert_eq!(again["id"], id, "the same run for the same key");

        let run = ended(&world, &admin, id).await;
        assert_eq!(run["state"], "done", "{run}");
        let changes = world.get(&format!("/talent/sync-runs/{id}/changes?limit=200"), &admin).await;
        let written = changes["items"].as_array().unwrap().iter()
            .filter(|change| change["action"] == "write").count();
        assert_eq!(run["counts"]["write"], written, "{run}");

        let (status, both) = start(&world, &admin, json!({"direction": "both", "dry_run": true}), "b").await;
        assert_eq!(status, 202);
        assert_eq!(both["items"].as_array().unwrap().len(), 2, "{both}");
        assert_eq!(both["next_cursor"], Value::Null);
        let list = world.get("/talent/sync-runs?limit=2", &admin).await;
        assert_eq!(list["items"][0]["dry_run"], true, "newest first: {list}");
        for run in both["items"].as_array().unwrap() {
            ended(&world, &admin, run["id"].as_str().unwrap()).await;
        }
    }
}

#[tokio::test]
async fn a_run_needs_an_administrator_and_sense() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let worker = world.token(&people.worker.worker_number).await;
    let (status, problem) = start(&world, &worker, json!({"direction": "in"}), "a").await;
    assert_eq!((status, &problem["code"]), (403, &json!("forbidden")));
    let admin = world.admin_token(&people.stranger.worker_number).await;
    for body in [
        json!({}),
        json!({"direction": "sideways"}),
        json!({"direction": "in", "worker": ""}),
    ] {
        let (status, problem) = start(&world, &admin, body.clone(), "b").await;
        assert_eq!(
            (status, &problem["code"]),
            (422, &json!("invalid_request")),
            "{body}"
        );
    }
    assert_eq!(
        world.refusal("/talent/sync-runs/nothing", &admin).await.0,
        404
    );
    let malformed = world
        .ask(Method::POST, "/api/v1/talent/sync-runs", &admin)
        .header("content-type", "application/json")
        .body("{")
        .send()
        .await
        .unwrap();
    assert_eq!(refusal(malformed).await, (400, "malformed_json".to_owned()));
}
