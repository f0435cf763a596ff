//! What does not lead to a session.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::COOKIE;
use serde_json::Value;

use crate::support::browser::{Panel, Popup, csrf};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::{World, refusal};

async fn state(world: &World, panel: &Panel) -> String {
    let answer: Value = panel.claim(world).await.json().await.unwrap();
    answer["state"]
        .as_str()
        .or(answer["code"].as_str())
        .unwrap()
        .to_owned()
}

async fn world() -> (World, People) {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    (world, people)
}

#[tokio::test]
async fn cancelling_ends_the_pairing() {
    let (world, people) = world().await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let page = popup.come_back(&world, &callback).await;
    assert_eq!(popup.press(&world, &page, "cancel").await.status(), 200);
    assert_eq!(
        refusal(panel.claim(&world).await).await,
        (410, "pairing_ended".to_owned())
    );
    assert_eq!(
        popup.press(&world, &page, "confirm").await.status(),
        400,
        "too late to confirm"
    );
    assert_eq!(state(&world, &panel).await, "pairing_ended");
}

#[tokio::test]
async fn two_minutes_are_the_limit() {
    let (world, people) = world().await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let page = popup.come_back(&world, &callback).await;
    world.db.clock.advance(Duration::from_secs(120));
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 400);
    assert_eq!(state(&world, &panel).await, "pairing_ended");
}

#[tokio::test]
async fn a_callback_needs_the_browser_that_began_and_its_state_and_works_once() {
    let (world, people) = world().await;
    let oid = people.worker.object_id.as_deref().unwrap();
    let (ours, theirs) = (Panel::new(), Panel::new());
    let popup = Popup::open(&world, &ours).await;
    let other = Popup::open(&world, &theirs).await;
    let callback = popup.choose(&world, oid).await;

    assert_eq!(
        other.visit(&world, &callback).await.status(),
        400,
        "another browser's cookie"
    );
    let bare = world.ask(Method::GET, &callback, "").send().await.unwrap();
    assert_eq!(bare.status(), 400, "no cookie");
    let forged = format!("{callback}x");
    assert_eq!(
        popup.visit(&world, &forged).await.status(),
        400,
        "another state"
    );
    popup.come_back(&world, &callback).await;
    assert_eq!(
        popup.visit(&world, &callback).await.status(),
        400,
        "a second time"
    );
    assert_eq!(state(&world, &theirs).await, "pending");
}

#[tokio::test]
async fn a_confirmation_needs_our_form_and_our_origin() {
    let (world, people) = world().await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let page = popup.come_back(&world, &callback).await;
    let post = |token: String, origin: &'static str| {
        let request = world
            .ask(Method::POST, "/auth/confirm", "")
            .header(COOKIE, &popup.cookie)
            .header("origin", origin)
            .form(&[("csrf", token), ("action", "confirm".to_owned())]);
        async { request.send().await.unwrap().status() }
    };
    assert_eq!(
        post("made-up".to_owned(), "https://evil.example").await,
        403
    );
    assert_eq!(post(csrf(&page), "https://evil.example").await, 403);
    assert_eq!(post(csrf(&page), "null").await, 403);
    assert_eq!(state(&world, &panel).await, "pending");
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
    assert_eq!(state(&world, &panel).await, "ready");
}

#[tokio::test]
async fn an_account_without_a_membership_is_told_so() {
    let (world, people) = world().await;
    let control = format!("/workers/{}", people.worker.worker_number);
    world
        .control(
            Method::PATCH,
            &control,
            &serde_json::json!({"WorkerStatus": "Terminated"}),
        )
        .await;
    world.sync(eloops_api::Directions::In).await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup
        .choose(&world, people.worker.object_id.as_deref().unwrap())
        .await;
    let answer = popup.visit(&world, &callback).await;
    assert_eq!(answer.status(), 403);
    let page = answer.text().await.unwrap();
    assert!(
        page.contains("There is no Eloops membership for this account"),
        "{page}"
    );
    assert!(!page.contains("<form"), "nothing to confirm: {page}");
    assert_eq!(state(&world, &panel).await, "pairing_ended");
}

#[tokio::test]
async fn a_start_needs_a_fresh_challenge_and_a_window_of_its_own() {
    let (world, _) = world().await;
    let panel = Panel::new();
    let path = format!("/auth/start?challenge={}", panel.challenge.as_str());
    let framed = world
        .ask(Method::GET, &path, "")
        .header("sec-fetch-dest", "iframe");
    assert_eq!(framed.send().await.unwrap().status(), 403, "in a frame");
    for bad in [
        "/auth/start",
        "/auth/start?challenge=",
        "/auth/start?challenge=abc",
    ] {
        let answer = world.ask(Method::GET, bad, "").send().await.unwrap();
        assert_eq!(answer.status(), 400, "{bad}");
        assert_eq!(answer.headers()["x-frame-options"], "DENY");
    }
    Popup::open(&world, &panel).await;
    let again = world.ask(Method::GET, &path, "").send().await.unwrap();
    assert_eq!(again.status(), 400, "a challenge serves once");
}
