//! Everything works once.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::Value;

use crate::support::browser::{Panel, Popup, to_confirmation};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

/// Requests that Microsoft's token endpoint got since the list was cleared.
async fn token_requests(world: &World) -> u64 {
    let list = world.control(Method::GET, "/requests", &Value::Null).await;
    let list = list.as_array().unwrap();
    list.iter()
        .filter(|one| {
            one["path"]
                .as_str()
                .unwrap()
                .ends_with("/oauth2/v2.0/token")
        })
        .map(|one| one["count"].as_u64().unwrap())
        .sum()
}

on_both! {
    async fn of_eight_claims_at_once_one_gets_the_session(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (panel, popup, page) = to_confirmation(&world, people.worker.object_id.as_deref().unwrap()).await;
        assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
        let mut states = join_all((0..8).map(|_| panel.state(&world))).await;
        states.sort();
        let mut expected = vec!["pending"; 7];
        expected.push("ready");
        assert_eq!(states, expected);
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 1);
    }

    async fn of_eight_callbacks_at_once_one_is_redeemed(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let panel = Panel::new();
        let popup = Popup::open(&world, &panel).await;
        let callback = popup.choose(&world, people.worker.object_id.as_deref().unwrap()).await;
        world.control(Method::DELETE, "/requests", &Value::Null).await;
        let mut statuses = join_all((0..8).map(|_| async {
            popup.visit(&world, &callback).await.status().as_u16()
        })).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 400, 400, 400, 400, 400, 400, 400]);
        assert_eq!(token_requests(&world).await, 1, "one redemption");
        let page = popup.visit(&world, "/auth/confirm").await;
        assert_eq!(page.status(), 200, "the others spoiled nothing");
    }

    async fn of_eight_confirmations_at_once_one_counts(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (panel, popup, page) = to_confirmation(&world, people.worker.object_id.as_deref().unwrap()).await;
        let mut statuses = join_all((0..8).map(|_| async {
            popup.press(&world, &page, "confirm").await.status().as_u16()
        })).await;
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 400, 400, 400, 400, 400, 400, 400]);
        assert_eq!(panel.state(&world).await, "ready");
    }
}

#[tokio::test]
async fn a_claimed_a_pending_and_an_unknown_pairing_answer_alike() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let unknown = Panel::new();
    let pending = Panel::new();
    Popup::open(&world, &pending).await;
    let oid = people.worker.object_id.as_deref().unwrap();
    let (signed_in, ..) = to_confirmation(&world, oid).await;
    let (claimed, popup, page) = to_confirmation(&world, oid).await;
    popup.press(&world, &page, "confirm").await;
    assert_eq!(claimed.state(&world).await, "ready");

    let mut answers = Vec::new();
    for panel in [&unknown, &pending, &signed_in, &claimed] {
        let answer = panel.claim(&world).await;
        let status = answer.status();
        let mut headers = answer.headers().clone();
        for changes in ["x-request-id", "date"] {
            headers.remove(changes);
        }
        answers.push((status, headers, answer.bytes().await.unwrap()));
    }
    assert_eq!(answers[0].2, r#"{"state":"pending"}"#);
    assert!(answers.iter().all(|one| one == &answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_callback_works_once() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let page = popup.come_back(&world, &callback).await;
    assert_eq!(popup.visit(&world, &callback).await.status(), 400);
    popup.press(&world, &page, "confirm").await;
    assert_eq!(popup.visit(&world, &callback).await.status(), 400);
    assert_eq!(panel.state(&world).await, "ready", "the first way goes on");
    assert_eq!(popup.visit(&world, &callback).await.status(), 400);
}

#[tokio::test]
async fn a_confirmation_works_once() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let (panel, popup, page) =
        to_confirmation(&world, people.worker.object_id.as_deref().unwrap()).await;
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 400);
    let shown = popup.visit(&world, "/auth/confirm").await;
    assert_eq!(shown.status(), 400, "and is not shown again");
    // Too late to cancel, too: what was confirmed is the panel's.
    popup.press(&world, &page, "cancel").await;
    assert_eq!(panel.state(&world).await, "ready");
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 400);
    assert_eq!(
        panel.state(&world).await,
        "pending",
        "nothing more to claim"
    );
}

#[tokio::test]
async fn a_challenge_serves_once() {
    let world = World::synced(Db::sqlite().await).await;
    let panel = Panel::new();
    Popup::open(&world, &panel).await;
    let path = format!("/auth/start?challenge={}", panel.challenge.as_str());
    let again = world.ask(Method::GET, &path, "").send().await.unwrap();
    assert_eq!(again.status(), 400);
    assert!(!again.headers().contains_key("set-cookie"));
}
