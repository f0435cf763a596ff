//! What a member lets the line see.

use reqwest::Method;
use serde_json::{Value, json};

use super::scene::{BALANCE, Scene, tells_of_coins};
use crate::support::db::Db;
use crate::support::world::{World, refusal};

async fn put(world: &World, bearer: &str, body: &Value) -> reqwest::Response {
    world
        .ask(Method::PUT, "/api/v1/me/visibility", bearer)
        .json(body)
        .send()
        .await
        .unwrap()
}

on_both! {
    async fn the_choice_is_kept_and_changes_the_tag(db) {
        let scene = Scene::new(World::synced(db).await).await;
        let (world, own, manager) = (&scene.world, &scene.bearers[1], &scene.bearers[2]);
        let activity = format!("/api/v1/workers/{}/activity", scene.target.worker_number);
        assert_eq!(world.get("/me/visibility", own).await, json!({"balance_to_line": true}), "at first");
        for path in [&*activity, "/api/v1/me/team", "/api/v1/me/visibility"] {
            let bearer = if path.ends_with("visibility") { own } else { manager };
            let ask = async |known: &str| {
                let request = world.ask(Method::GET, path, bearer).header("if-none-match", known);
                request.send().await.unwrap()
            };
            let tag = ask("").await.headers()["etag"].to_str().unwrap().to_owned();
            assert_eq!(ask(&tag).await.status(), 304, "{path}");
            scene.choose(false).await;
            let changed = ask(&tag).await;
            assert_eq!(changed.status(), 200, "{path}");
            let hidden = changed.headers()["etag"].to_str().unwrap().to_owned();
            scene.choose(true).await;
            assert_eq!(ask(&tag).await.status(), 304, "{path}: as it was");
            assert_eq!(ask(&hidden).await.status(), 200, "{path}");
        }
        // It stays over a leave and the return.
        scene.choose(false).await;
        let path = format!("/workers/{}", scene.target.worker_number);
        for change in [json!({"WorkerStatus": "Terminated"}), json!({"WorkerStatus": "Employed", "EmploymentEndDate": null})] {
            world.control(Method::PATCH, &path, &change).await;
            world.sync(eloops_api::Directions::In).await;
        }
        assert_eq!(world.get("/me/visibility", own).await, json!({"balance_to_line": false}));
    }

    /// With the balance hidden nothing moves that coins alone would move.
    async fn an_award_leaves_no_trace_for_the_line(db) {
        let scene = Scene::new(World::synced(db).await).await;
        let world = &scene.world;
        scene.choose(false).await;
        let (manager, app) = (&scene.bearers[2], &scene.bearers[7]);
        let activity = format!("/workers/{}/activity", scene.target.worker_number);
        let see = async || {
            let mut body = world.get(&activity, manager).await;
            body.as_object_mut().unwrap().remove("as_of");
            (body, world.get("/me/team", manager).await)
        };
        let before = see().await;
        assert_eq!(tells_of_coins(&before.0), None);
        assert!(before.0["last_activity_at"].is_string(), "the upload still shows: {}", before.0);
        assert!(before.0["talent"]["uploads"].is_i64(), "and Talent's count of them: {}", before.0);
        world.db.clock.advance(std::time::Duration::from_secs(60));
        let path = format!("/api/v1/members/{}/coin-transactions", scene.target.id);
        let award = json!({"amount": 5, "reason": "Quietly"});
        let answer = world.ask(Method::POST, &path, app).json(&award).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        assert_eq!(see().await, before, "after an award");
        world.sync(eloops_api::Directions::Out).await;
        assert_eq!(see().await, before, "after it was written to Talent");
        // Whoever is the manager and an administrator too sees all, in the list as well.
        let both = world.admin_token(&scene.people.manager.worker_number).await;
        assert!(world.get(&activity, &both).await["coins"]["balance"].as_i64() > Some(BALANCE));
        let team = world.get("/me/team", &both).await;
        let mut items = team["items"].as_array().unwrap().iter();
        let item = items.find(|item| item["member"]["id"] == scene.target.id.as_str()).unwrap();
        assert!(item["coins"]["balance"].as_i64() > Some(BALANCE), "{item}");
    }
}

#[tokio::test]
async fn only_a_plain_yes_or_no_is_a_choice() {
    let world = World::synced(Db::sqlite().await).await;
    let people = crate::support::people::People::of(&world).await;
    let own = world.token(&people.worker.worker_number).await;
    for body in [
        json!({}),
        json!({"balance_to_line": "no"}),
        json!({"balance_to_line": null}),
        json!([]),
    ] {
        let answer = refusal(put(&world, &own, &body).await).await;
        assert_eq!(answer, (422, "invalid_request".to_owned()), "{body}");
    }
    let answer = put(&world, &own, &json!({"balance_to_line": true})).await;
    assert_eq!(answer.status(), 200);
    // An administrator who is no member has nothing to hide or show.
    let admin = world
        .forge(json!({"worker": "admin", "roles": ["Eloops.Admin"]}))
        .await;
    let answer = put(&world, &admin, &json!({"balance_to_line": true})).await;
    assert_eq!(refusal(answer).await, (403, "no_member".to_owned()));
}
