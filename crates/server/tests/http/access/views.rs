//! The trail of looks.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

/// A token that outlives the test's jumps in time.
async fn lasting(world: &World, mut changes: Value) -> String {
    changes["lifetime_s"] = json!(200 * 24 * 3600);
    world.forge(changes).await
}

async fn of(world: &World, number: &str) -> String {
    lasting(world, json!({ "worker": number })).await
}

/// The member's trail in short, newest first: `000012 manager profile`.
async fn trail(world: &World, own: &str) -> Vec<String> {
    let page = world.get("/me/views", own).await;
    let word = |view: &Value, name: &str| view[name].as_str().unwrap_or("-").to_owned();
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|view| {
            format!(
                "{} {} {}",
                word(view, "viewer_number"),
                word(view, "viewer_as"),
                word(view, "looked_at")
            )
        })
        .collect()
}

on_both! {
    async fn everybody_elses_look_is_there_as_what_they_were_let_in(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (number, id) = (&people.worker.worker_number, &people.worker.id);
        let own = of(&world, number).await;
        let manager = of(&world, &people.manager.worker_number).await;
        let above = of(&world, &people.above.worker_number).await;
        let admin = lasting(&world, json!({"worker": people.stranger.worker_number, "roles": ["Eloops.Admin"]})).await;
        let outside = lasting(&world, json!({"worker": "admin", "roles": ["Eloops.Admin"]})).await;
        let app = lasting(&world, json!({"worker": null, "roles": ["Eloops.Admin"]})).await;
        let peer = of(&world, &people.peer.worker_number).await;
        let activity = format!("/workers/{number}/activity");

        world.get(&activity, &own).await;
        world.get(&format!("/members/{id}/uploads"), &own).await;
        assert_eq!(world.refusal(&activity, &peer).await.0, 404);
        world.get("/members", &admin).await;
        world.get(&format!("/talent/workers/{number}"), &manager).await;
        assert_eq!(trail(&world, &own).await, [""; 0], "no look at the numbers yet, but one's own");

        world.get("/me/team", &manager).await;
        for bearer in [&manager, &above, &admin, &outside, &app] {
            // One card asks for all of these: one visit.
            world.get(&activity, bearer).await;
            world.get(&format!("/members/{id}/coin-transactions"), bearer).await;
            world.get(&format!("/members/{id}/uploads"), bearer).await;
        }
        let line = |who: &eloops_server::store::members::MemberRow, rest: &str| format!("{} {rest}", who.worker_number);
        assert_eq!(trail(&world, &own).await, [
            "- application profile".to_owned(),
            "- admin profile".to_owned(),
            line(&people.stranger, "admin profile"),
            line(&people.above, "manager_above profile"),
            line(&people.manager, "manager profile"),
            line(&people.manager, "manager team"),
        ]);
        let page = world.get("/me/views?limit=4", &own).await;
        assert_eq!(page["items"][2]["viewer_name"], people.stranger.name.as_str());
        let cursor = page["next_cursor"].as_str().unwrap();
        let next = world.get(&format!("/me/views?limit=4&cursor={cursor}"), &own).await;
        assert_eq!((next["items"].as_array().unwrap().len(), &next["next_cursor"]), (2, &Value::Null));
        // The peer stands in the manager's list, and was not looked at otherwise.
        assert_eq!(trail(&world, &peer).await, [line(&people.manager, "manager team")]);
    }

    async fn a_pause_of_half_an_hour_ends_a_visit_and_ninety_days_the_memory_of_it(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let own = of(&world, &people.worker.worker_number).await;
        let manager = of(&world, &people.manager.worker_number).await;
        let activity = format!("/workers/{}/activity", people.worker.worker_number);
        for minutes in [0, 4, 29, 29, 30] {
            world.db.clock.advance(Duration::from_secs(minutes * 60));
            world.get(&activity, &manager).await;
        }
        let page = world.get("/me/views", &own).await;
        let times = |at: usize| {
            let time = |name: &str| page["items"][at][name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
            time("last_at").duration_since(time("first_at")).as_mins()
        };
        assert_eq!(page["items"].as_array().unwrap().len(), 2, "{page}");
        assert_eq!((times(0), times(1)), (0, 62), "{page}");

        world.db.clock.advance(Duration::from_secs(90 * 24 * 3600 - 1));
        assert_eq!(trail(&world, &own).await.len(), 1, "the first visit is older than ninety days");
        world.db.clock.advance(Duration::from_secs(1));
        assert_eq!(trail(&world, &own).await.len(), 0);
    }
}

/// No trail, no answer; once the visit stands in the trail, what follows needs no writing.
#[tokio::test]
async fn a_look_that_cannot_be_noted_shows_nothing() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let own = of(&world, &people.worker.worker_number).await;
    let manager = of(&world, &people.manager.worker_number).await;
    let activity = format!("/workers/{}/activity", people.worker.worker_number);
    let db = &world.db;
    db.execute(
        "CREATE TRIGGER broken BEFORE INSERT ON views BEGIN SELECT RAISE(ABORT, 'broken'); END",
    )
    .await
    .unwrap();
    for path in [&activity, "/me/team"] {
        let answer = world
            .ask(Method::GET, &format!("/api/v1{path}"), &manager)
            .send()
            .await
            .unwrap();
        assert!(answer.headers().contains_key("retry-after"), "{path}");
        let refused = crate::support::world::refusal(answer).await;
        assert_eq!(refused, (503, "view_not_recorded".to_owned()), "{path}");
    }
    world.get(&activity, &own).await;
    db.execute("DROP TRIGGER broken").await.unwrap();
    world.get(&activity, &manager).await;
    db.execute(
        "CREATE TRIGGER broken BEFORE UPDATE ON views BEGIN SELECT RAISE(ABORT, 'broken'); END",
    )
    .await
    .unwrap();
    for minutes in [0, 4, 6, 6] {
        db.clock.advance(Duration::from_secs(minutes * 60));
        world.get(&activity, &manager).await;
    }
    db.execute("DROP TRIGGER broken").await.unwrap();
    db.clock.advance(Duration::from_secs(60));
    world.get(&activity, &manager).await;
    let page = world.get("/me/views", &own).await;
    let view = &page["items"][0];
    let time = |name: &str| {
        view[name]
            .as_str()
            .unwrap()
            .parse::<jiff::Timestamp>()
            .unwrap()
    };
    assert_eq!(
        time("last_at").duration_since(time("first_at")).as_mins(),
        17,
        "made up for: {page}"
    );
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}
