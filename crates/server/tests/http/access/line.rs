//! Who sees whom.

use reqwest::Method;
use serde_json::json;

use crate::support::people::People;
use crate::support::world::World;

/// Everything that is about one member and may be read by the line.
fn about(member: &eloops_server::store::members::MemberRow) -> [String; 3] {
    [
        format!("/workers/{}/activity", member.worker_number),
        format!("/members/{}/coin-transactions", member.id),
        format!("/members/{}/uploads", member.id),
    ]
}

on_both! {
    async fn self_line_and_admins_see_and_nobody_else_does(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let of = |member: &eloops_server::store::members::MemberRow| member.worker_number.clone();
        let app = world.forge(json!({"worker": null, "roles": ["Eloops.Admin"]})).await;
        let allowed = [
            ("self", world.token(&of(&people.worker)).await),
            ("manager", world.token(&of(&people.manager)).await),
            ("manager above", world.token(&of(&people.above)).await),
            ("admin", world.admin_token(&of(&people.stranger)).await),
            ("application", app),
        ];
        let refused = [
            ("peer", world.token(&of(&people.peer)).await),
            ("stranger", world.token(&of(&people.stranger)).await),
        ];
        for path in about(&people.worker) {
            for (who, bearer) in &allowed {
                let answer = world.ask(Method::GET, &format!("/api/v1{path}"), bearer);
                assert_eq!(answer.send().await.unwrap().status(), 200, "{who} {path}");
            }
            for (who, bearer) in &refused {
                let answer = world.refusal(&path, bearer).await;
                assert_eq!(answer, (404, "not_found".to_owned()), "{who} {path}");
            }
        }
        // Nobody sees upwards.
        let worker = &allowed[0].1;
        for path in about(&people.manager) {
            assert_eq!(world.refusal(&path, worker).await.0, 404, "upwards {path}");
        }
    }

    async fn a_manager_who_left_sees_nobody_and_the_line_above_still_does(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let manager = world.token(&people.manager.worker_number).await;
        let above = world.token(&people.above.worker_number).await;
        let path = &about(&people.worker)[0];
        world.get(path, &manager).await;
        let control = format!("/workers/{}", people.manager.worker_number);
        world.control(Method::PATCH, &control, &json!({"WorkerStatus": "Terminated"})).await;
        world.sync(eloops_api::Directions::In).await;
        assert_eq!(world.refusal(path, &manager).await, (403, "member_inactive".to_owned()));
        world.get(path, &above).await;
    }
}

#[tokio::test]
async fn a_strangers_answer_is_the_same_for_a_member_and_for_none() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let stranger = world.token(&people.stranger.worker_number).await;
    let pairs = [
        (
            format!("/workers/{}/activity", people.worker.worker_number),
            "/workers/999999999/activity".to_owned(),
        ),
        (
            format!("/talent/workers/{}", people.worker.worker_number),
            "/talent/workers/999999999".to_owned(),
        ),
        (
            format!("/talent/workers/{}/photo", people.worker.worker_number),
            "/talent/workers/999999999/photo".to_owned(),
        ),
        (
            format!("/members/{}/uploads", people.worker.id),
            "/members/0198aaaa-0000-7000-8000-000000000000/uploads".to_owned(),
        ),
        (
            format!("/members/{}/coin-transactions", people.worker.id),
            "/members/nobody/coin-transactions".to_owned(),
        ),
    ];
    for (existing, none) in pairs {
        let mut answers = Vec::new();
        for path in [&existing, &none] {
            let answer = world
                .ask(Method::GET, &format!("/api/v1{path}"), &stranger)
                .header("x-request-id", "the-same-for-both")
                .send()
                .await
                .unwrap();
            let mut headers = answer.headers().clone();
            headers.remove("date");
            answers.push((answer.status(), headers, answer.bytes().await.unwrap()));
        }
        assert_eq!(answers[0], answers[1], "{existing} and {none}");
        assert_eq!(answers[0].0, 404);
    }
}

#[tokio::test]
async fn administrators_routes_are_theirs_alone() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let member = format!("/members/{}", people.worker.id);
    let worker = world.token(&people.worker.worker_number).await;
    let admin = world.admin_token(&people.stranger.worker_number).await;
    for path in ["/members", &member, "/talent/sync-runs"] {
        assert_eq!(
            world.refusal(path, &worker).await,
            (403, "forbidden".to_owned()),
            "{path}"
        );
        world.get(path, &admin).await;
    }
    let unknown = world.refusal("/members/nobody", &worker).await;
    assert_eq!(
        unknown,
        (403, "forbidden".to_owned()),
        "the same as for a member"
    );
}

#[tokio::test]
async fn lists_search_page_and_refuse_what_they_do_not_know() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let admin = world.admin_token(&people.stranger.worker_number).await;
    let first = world.get("/members?limit=5", &admin).await;
    assert_eq!(first["items"].as_array().unwrap().len(), 5);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = world
        .get(&format!("/members?limit=5&cursor={cursor}"), &admin)
        .await;
    let number =
        |page: &serde_json::Value, at: usize| page["items"][at]["worker_number"].to_string();
    assert!(number(&first, 4) < number(&second, 0), "{first} {second}");

    let query = format!("/members?q={}&status=active", people.worker.worker_number);
    let found = world.get(&query, &admin).await;
    assert_eq!(
        found["items"][0]["id"],
        people.worker.id.as_str(),
        "{found}"
    );

    for bad in [
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=made-up",
        "status=gone",
    ] {
        let answer = world.refusal(&format!("/members?{bad}"), &admin).await;
        assert_eq!(answer, (400, "invalid_request".to_owned()), "{bad}");
    }
}

#[tokio::test]
async fn the_team_is_the_managers_own() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let manager = world.token(&people.manager.worker_number).await;
    let team = world.get("/me/team", &manager).await;
    let numbers: Vec<_> = team["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["member"]["worker_number"].as_str().unwrap())
        .collect();
    assert!(
        numbers.contains(&people.worker.worker_number.as_str()),
        "{numbers:?}"
    );
    assert!(
        !numbers.contains(&people.stranger.worker_number.as_str()),
        "{numbers:?}"
    );
    assert_eq!(team["next_cursor"], serde_json::Value::Null);
    let me = world.get("/me", &manager).await;
    assert_eq!(me["is_manager"], true);
}
