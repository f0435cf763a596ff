//! Two minutes from the start to the claim, whichever step comes last.

use std::time::Duration;

use crate::support::browser::{Panel, Popup, to_confirmation};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

async fn world() -> (World, String) {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    (world, people.worker.object_id.unwrap())
}

fn wait(world: &World, seconds: u64) {
    world.db.clock.advance(Duration::from_secs(seconds));
}

#[tokio::test]
async fn every_step_in_the_last_second_works() {
    let (world, oid) = world().await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup.choose(&world, &oid).await;
    wait(&world, 119);
    let page = popup.come_back(&world, &callback).await;
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
    assert_eq!(panel.state(&world).await, "ready");
}

#[tokio::test]
async fn a_callback_after_two_minutes_is_too_late() {
    let (world, oid) = world().await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup.choose(&world, &oid).await;
    wait(&world, 120);
    assert_eq!(popup.visit(&world, &callback).await.status(), 400);
    assert_eq!(panel.state(&world).await, "pairing_ended");
}

#[tokio::test]
async fn a_confirmation_after_two_minutes_is_too_late() {
    let (world, oid) = world().await;
    let (panel, popup, page) = to_confirmation(&world, &oid).await;
    wait(&world, 120);
    assert_eq!(popup.visit(&world, "/auth/confirm").await.status(), 400);
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 400);
    assert_eq!(panel.state(&world).await, "pairing_ended");
}

#[tokio::test]
async fn a_claim_after_two_minutes_is_too_late() {
    let (world, oid) = world().await;
    let (panel, popup, page) = to_confirmation(&world, &oid).await;
    wait(&world, 60);
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
    wait(&world, 60);
    assert_eq!(panel.state(&world).await, "pairing_ended");
    assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 0);
}

on_both! {
    async fn what_ended_leaves_no_tokens_behind(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (_, popup, page) = to_confirmation(&world, people.worker.object_id.as_deref().unwrap()).await;
        let kept = "SELECT COUNT(*) FROM pairings WHERE tokens IS NOT NULL OR account IS NOT NULL OR verifier <> ''";
        assert_eq!(world.db.number(kept).await, 1);
        popup.press(&world, &page, "cancel").await;
        assert_eq!(world.db.number(kept).await, 0, "cancelled: at once");

        to_confirmation(&world, people.worker.object_id.as_deref().unwrap()).await;
        wait(&world, 120);
        let pruned = async |before: i64| {
            let mut tx = world.db.store.write().await.unwrap();
            let pruned = eloops_server::store::pairings::prune(&mut tx, before).await.unwrap();
            tx.commit().await.unwrap();
            pruned
        };
        assert_eq!(pruned(world.db.now() - 1).await, 0, "not before it ended");
        assert_eq!(pruned(world.db.now() + 1).await, 2);
        assert_eq!(world.db.number("SELECT COUNT(*) FROM pairings").await, 0);
    }
}
