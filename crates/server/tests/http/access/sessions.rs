//! The end of access at the sync that learns of it.

use eloops_api::Directions;
use reqwest::Method;
use serde_json::{Value, json};

use super::scene::object_id;
use crate::support::browser::{Panel, Popup, sign_in};
use crate::support::people::People;
use crate::support::world::World;

const ENDED: (u16, &str) = (401, "session_ended");

async fn change(world: &World, number: &str, change: Value) {
    world
        .control(Method::PATCH, &format!("/workers/{number}"), &change)
        .await;
    world.sync(Directions::In).await;
}

async fn left_over(world: &World) -> [i64; 3] {
    [
        world.db.number("SELECT COUNT(*) FROM sessions").await,
        world
            .db
            .number("SELECT COUNT(*) FROM session_bearers")
            .await,
        world.db.number("SELECT COUNT(*) FROM pairings").await,
    ]
}

on_both! {
    async fn everything_of_a_leaver_ends_and_nothing_of_it_opens_again(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (number, oid) = (&people.worker.worker_number, people.worker.object_id.as_deref().unwrap());
        let record = format!("/talent/workers/{number}");
        let bearer = world.token(number).await;
        let session = sign_in(&world, oid).await;
        assert_eq!(world.get(&record, &session).await["source"], "talent", "with a token for Talent at hand");
        // A sign-in that is confirmed, and not claimed yet; and one that waits to be confirmed.
        let (confirmed, waiting) = (Panel::new(), Panel::new());
        let popup = Popup::open(&world, &confirmed).await;
        let page = popup.come_back(&world, &popup.choose(&world, oid).await).await;
        assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
        let popup = Popup::open(&world, &waiting).await;
        let page = popup.come_back(&world, &popup.choose(&world, oid).await).await;
        let colleague = sign_in(&world, people.peer.object_id.as_deref().unwrap()).await;

        change(&world, number, json!({"WorkerStatus": "Terminated"})).await;
        let refused = async |path: &str, bearer: &str| world.refusal(path, bearer).await;
        for path in ["/me", &record] {
            assert_eq!(refused(path, &session).await, (ENDED.0, ENDED.1.to_owned()), "{path}");
            assert_eq!(refused(path, &bearer).await, (403, "member_inactive".to_owned()), "{path}");
        }
        assert_ne!(popup.press(&world, &page, "confirm").await.status(), 200, "nothing to confirm");
        for panel in [&confirmed, &waiting] {
            let answer: Value = panel.claim(&world).await.json().await.unwrap();
            assert_eq!(answer.get("session"), None, "{answer}");
        }
        assert_eq!(left_over(&world).await, [1, 1, 0], "the colleague's session, and no token of the leaver's");
        world.get("/me", &colleague).await;

        change(&world, number, json!({"WorkerStatus": "Employed", "EmploymentEndDate": null})).await;
        assert_eq!(refused("/me", &session).await, (ENDED.0, ENDED.1.to_owned()), "still");
        let again = sign_in(&world, oid).await;
        assert_eq!(world.get("/me", &again).await["member"]["worker_number"], number.as_str());
    }

    /// An account that was signed in as an administrator and no member is held to the membership it turns out to have.
    async fn a_role_keeps_no_leaver_in(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let number = &people.worker.worker_number;
        let admin = world.forge(json!({"worker": "admin"})).await;
        let oid = &object_id(&admin);
        let session = sign_in(&world, oid).await;
        world.get("/members", &session).await;
        // HR gives the account to a worker, who then leaves.
        change(&world, number, json!({"ObjectId": oid})).await;
        assert_eq!(world.get("/me", &session).await["member"]["worker_number"], number.as_str());
        change(&world, number, json!({"WorkerStatus": "Terminated"})).await;
        assert_eq!(world.refusal("/members", &session).await, (403, "member_inactive".to_owned()));
        let panel = Panel::new();
        let popup = Popup::open(&world, &panel).await;
        let callback = popup.choose(&world, oid).await;
        assert_eq!(popup.visit(&world, &callback).await.status(), 403, "and cannot sign in anew");
    }

    async fn pending_members_wait_for_their_first_day(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let number = &people.worker.worker_number;
        let bearer = world.token(number).await;
        change(&world, number, json!({"WorkerStatus": "Pending", "EmploymentStartDate": "2099-01-01"})).await;
        for path in ["/me", "/me/team", &format!("/workers/{number}/activity")] {
            assert_eq!(world.refusal(path, &bearer).await, (403, "member_pending".to_owned()), "{path}");
        }
    }
}
