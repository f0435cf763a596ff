//! What does not lead to a session.

use reqwest::Method;

use crate::support::browser::{Panel, Popup};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::{World, refusal};

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
    assert_eq!(panel.state(&world).await, "pairing_ended");
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
    assert_eq!(panel.state(&world).await, "pairing_ended");
}
