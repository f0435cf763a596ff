//! Running sessions: listed by their owner, ended by the owner or an administrator.

use std::time::Duration;

use eloops_server::clock::Clock;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use super::scene::{object_id, quiet_session};
use crate::support::browser::{sign_in, to_confirmation};
use crate::support::people::People;
use crate::support::world::{World, refusal};

const MINE: &str = "/me/sessions";

fn oid(member: &eloops_server::store::members::MemberRow) -> &str {
    member.object_id.as_deref().unwrap()
}

async fn listed(world: &World, bearer: &str) -> Vec<Value> {
    let page = world.get(MINE, bearer).await;
    assert_eq!(page["next_cursor"], Value::Null, "{page}");
    page["items"].as_array().unwrap().clone()
}

/// The id of the session that asks.
async fn own_id(world: &World, bearer: &str) -> String {
    let all = listed(world, bearer).await;
    let current: Vec<_> = all.iter().filter(|one| one["current"] == true).collect();
    assert_eq!(current.len(), 1, "{all:?}");
    current[0]["id"].as_str().unwrap().to_owned()
}

async fn end(world: &World, path: &str, bearer: &str) {
    let path = format!("/api/v1{path}");
    let answer = world.ask(Method::DELETE, &path, bearer).send();
    assert_eq!(answer.await.unwrap().status(), 204, "DELETE {path}");
}

async fn not_ended(world: &World, path: &str, bearer: &str) -> (u16, String) {
    let path = format!("/api/v1{path}");
    let answer = world.ask(Method::DELETE, &path, bearer).send();
    refusal(answer.await.unwrap()).await
}

fn not_found() -> (u16, String) {
    (404, "not_found".to_owned())
}

async fn refresh(world: &World, bearer: &str) -> reqwest::Response {
    let request = world.ask(Method::POST, "/auth/refresh", bearer);
    request
        .header("x-eloops-request", "1")
        .send()
        .await
        .unwrap()
}

/// It opens nothing, and is not renewed.
async fn is_over(world: &World, bearer: &str) {
    let ended = (401, "session_ended".to_owned());
    assert_eq!(world.refusal("/me", bearer).await, ended);
    assert_eq!(refusal(refresh(world, bearer).await).await, ended);
}

/// Time passes on both sides.
async fn wait(world: &World, seconds: u64) {
    world.db.clock.advance(Duration::from_secs(seconds));
    let advance = json!({ "advance_s": seconds });
    world.control(Method::PUT, "/clock", &advance).await;
}

on_both! {
    async fn the_list_has_the_running_ones_of_the_caller_and_their_times(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let begun = world.db.clock.now();
        let after = |seconds: i64| {
            let at: Timestamp = begun + jiff::SignedDuration::from_secs(seconds);
            eloops_server::store::words::timestamp(at.as_microsecond())
        };
        let first = sign_in(&world, oid(&people.worker)).await;
        sign_in(&world, oid(&people.peer)).await;
        wait(&world, 1800).await;
        let second = sign_in(&world, oid(&people.worker)).await;
        let renewed: Value = refresh(&world, &first).await.json().await.unwrap();
        let first = renewed["session"].as_str().unwrap().to_owned();

        let items = listed(&world, &first).await;
        let [newer, older] = &items[..] else { panic!("{items:?}") };
        assert_eq!(*older, json!({
            "id": older["id"], "started_at": after(0), "renewed_at": after(1800), "ends_at": after(8 * 3600), "current": true,
        }));
        assert_eq!(*newer, json!({
            "id": newer["id"], "started_at": after(1800), "renewed_at": after(1800), "ends_at": after(1800 + 8 * 3600), "current": false,
        }));
        let token = world.token(&people.worker.worker_number).await;
        let by_token = listed(&world, &token).await;
        assert!(by_token.iter().all(|one| one["current"] == false), "{by_token:?}");
        for one in &items {
            let id = one["id"].as_str().unwrap();
            assert!(!first.contains(id) && !second.contains(id));
            assert_eq!(world.refusal("/me", id).await, (401, "invalid_token".to_owned()));
            assert_eq!(world.refusal("/me", &format!("els_{id}")).await, (401, "session_ended".to_owned()));
        }
        let page = world.get("/me/sessions?limit=1", &first).await;
        assert_eq!(page["items"][0]["id"], newer["id"]);
        let rest = format!("/me/sessions?cursor={}", page["next_cursor"].as_str().unwrap());
        assert_eq!(world.get(&rest, &first).await["items"], json!([older]));

        // Whose hour passes without a renewal runs no more, though nobody has cleaned up.
        wait(&world, 3000).await;
        let third: Value = refresh(&world, &first).await.json().await.unwrap();
        wait(&world, 600).await;
        let left = listed(&world, third["session"].as_str().unwrap()).await;
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(left[0]["id"], older["id"], "the same after every renewal");
    }

    async fn one_is_ended_at_once_and_all_others_go_on(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (lost, kept) = (sign_in(&world, oid(&people.worker)).await, sign_in(&world, oid(&people.worker)).await);
        let colleague = sign_in(&world, oid(&people.peer)).await;
        let path = format!("{MINE}/{}", own_id(&world, &lost).await);
        let colleagues = format!("{MINE}/{}", own_id(&world, &colleague).await);
        let renewed: Value = refresh(&world, &lost).await.json().await.unwrap();

        end(&world, &path, &kept).await;
        for bearer in [&lost, renewed["session"].as_str().unwrap()] {
            is_over(&world, bearer).await;
        }
        let admin = world.admin_token(&people.worker.worker_number).await;
        for path in [&path, &colleagues, "/me/sessions/unknown"] {
            assert_eq!(not_ended(&world, path, &kept).await, not_found(), "{path}");
            assert_eq!(not_ended(&world, path, &admin).await, not_found(), "{path} by an administrator");
        }
        for bearer in [&kept, &colleague] {
            assert_eq!(listed(&world, bearer).await.len(), 1);
        }
        let own = format!("{MINE}/{}", own_id(&world, &kept).await);
        end(&world, &own, &kept).await;
        is_over(&world, &kept).await;
        world.get("/me", &colleague).await;
    }

    async fn all_end_at_once_with_the_sign_ins_under_way(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (one, other) = (sign_in(&world, oid(&people.worker)).await, sign_in(&world, oid(&people.worker)).await);
        let colleague = sign_in(&world, oid(&people.peer)).await;
        let confirmed = to_confirmation(&world, oid(&people.worker)).await;
        assert_eq!(confirmed.1.press(&world, &confirmed.2, "confirm").await.status(), 200);
        let waiting = to_confirmation(&world, oid(&people.worker)).await;
        let colleagues = to_confirmation(&world, oid(&people.peer)).await;

        end(&world, MINE, &one).await;
        is_over(&world, &one).await;
        is_over(&world, &other).await;
        assert_ne!(waiting.1.press(&world, &waiting.2, "confirm").await.status(), 200, "nothing to confirm");
        for (panel, ..) in [&confirmed, &waiting] {
            assert_eq!(panel.state(&world).await, "pairing_ended");
        }
        let bare = "SELECT COUNT(*) FROM pairings WHERE state = 'ended' AND tokens IS NULL AND account IS NULL";
        assert_eq!(world.db.number(bare).await, 2, "without the tokens of the sign-ins");
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 1, "without the tokens of the sessions");
        assert_eq!(world.db.number("SELECT COUNT(*) FROM session_bearers").await, 1);
        world.get("/me", &colleague).await;
        assert_eq!(colleagues.1.press(&world, &colleagues.2, "confirm").await.status(), 200);
        assert_eq!(colleagues.0.state(&world).await, "ready");

        let token = world.token(&people.worker.worker_number).await;
        end(&world, MINE, &token).await;
        assert_eq!(listed(&world, &token).await, Vec::<Value>::new());
        let again = sign_in(&world, oid(&people.worker)).await;
        assert_eq!(listed(&world, &again).await.len(), 1, "signing in anew is possible");
    }

    /// The token for Talent in memory goes, too: were the session put back as it was, it would have to ask Microsoft.
    async fn cached_tokens_end_with_each_way_of_ending(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let record = format!("/talent/workers/{}", people.worker.worker_number);
        let session = sign_in(&world, oid(&people.worker)).await;
        let token = world.token(&people.worker.worker_number).await;
        let admin = world.admin_token(&people.stranger.worker_number).await;
        world.db.execute("CREATE TABLE kept AS SELECT * FROM sessions").await.unwrap();
        world.db.execute("CREATE TABLE kept_bearers AS SELECT * FROM session_bearers").await.unwrap();
        let one = format!("{MINE}/{}", own_id(&world, &session).await);
        let of_member = format!("/members/{}/sessions", people.worker.id);
        let endpoint = "POST /11111111-1111-1111-1111-111111111111/oauth2/v2.0/token";
        let refused = json!([{"match": endpoint, "status": 400, "body": {"error": "temporarily_unavailable"}}]);
        for (path, by) in [(one.as_str(), &token), (MINE, &token), (&of_member, &admin)] {
            assert_eq!(world.get(&record, &session).await["source"], "talent");
            world.control(Method::PUT, "/faults", &refused).await;
            assert_eq!(world.get(&record, &session).await["source"], "talent", "from memory");
            end(&world, path, by).await;
            is_over(&world, &session).await;
            world.db.execute("INSERT INTO sessions SELECT * FROM kept").await.unwrap();
            world.db.execute("INSERT INTO session_bearers SELECT * FROM kept_bearers").await.unwrap();
            assert_eq!(world.get(&record, &session).await["source"], "synced", "{path}");
            world.control(Method::PUT, "/faults", &json!([])).await;
            // Microsoft's refusal is remembered for a while.
            wait(&world, 60).await;
        }
    }

    async fn an_administrator_ends_a_members_sessions_and_nobody_else_does(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let sessions = [sign_in(&world, oid(&people.worker)).await, sign_in(&world, oid(&people.worker)).await];
        let colleague = sign_in(&world, oid(&people.peer)).await;
        let manager = sign_in(&world, oid(&people.manager)).await;
        let (panel, popup, page) = to_confirmation(&world, oid(&people.worker)).await;
        assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
        let path = format!("/members/{}/sessions", people.worker.id);
        for bearer in [&sessions[0], &colleague, &manager] {
            let forbidden = (403, "forbidden".to_owned());
            assert_eq!(not_ended(&world, &path, bearer).await, forbidden);
            assert_eq!(not_ended(&world, "/members/unknown/sessions", bearer).await, forbidden);
        }
        let admin = world.admin_token(&people.stranger.worker_number).await;
        assert_eq!(not_ended(&world, "/members/unknown/sessions", &admin).await, not_found());
        assert_eq!(listed(&world, &sessions[0]).await.len(), 2, "none of these ended anything");

        end(&world, &path, &admin).await;
        for session in &sessions {
            is_over(&world, session).await;
        }
        assert_eq!(panel.state(&world).await, "pairing_ended");
        for bearer in [&colleague, &manager] {
            world.get("/me", bearer).await;
        }
        end(&world, &path, &admin).await;
        let again = sign_in(&world, oid(&people.worker)).await;
        let application = world.forge(json!({"worker": null, "roles": ["Eloops.Admin"]})).await;
        assert_eq!(world.refusal(MINE, &application).await, (403, "no_member".to_owned()), "an application has none");
        end(&world, &path, &application).await;
        is_over(&world, &again).await;
    }

    async fn an_administrator_who_is_no_member_has_sessions_too(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let account = object_id(&world.forge(json!({"worker": "admin"})).await);
        let sessions = [sign_in(&world, &account).await, sign_in(&world, &account).await];
        let member = sign_in(&world, oid(&people.worker)).await;
        assert_eq!(listed(&world, &sessions[0]).await.len(), 2);
        let members = format!("{MINE}/{}", own_id(&world, &member).await);
        assert_eq!(not_ended(&world, &members, &sessions[0]).await, not_found());
        let path = format!("{MINE}/{}", own_id(&world, &sessions[1]).await);
        end(&world, &path, &sessions[0]).await;
        is_over(&world, &sessions[1]).await;
        end(&world, MINE, &sessions[0]).await;
        is_over(&world, &sessions[0]).await;
        world.get("/me", &member).await;

        // A session of before the membership is the member's.
        let before = sign_in(&world, &account).await;
        let control = format!("/workers/{}", people.peer.worker_number);
        world.control(Method::PATCH, &control, &json!({"ObjectId": account})).await;
        world.sync(eloops_api::Directions::In).await;
        assert_eq!(world.get("/me", &before).await["member"]["id"], people.peer.id.as_str());
        let admin = world.admin_token(&people.stranger.worker_number).await;
        end(&world, &format!("/members/{}/sessions", people.peer.id), &admin).await;
        is_over(&world, &before).await;
        world.get("/me", &member).await;
    }

    /// The same account may be known to two customers.
    async fn another_network_keeps_its_sessions(db) {
        let world = World::with_another_network(db).await;
        let people = People::of(&world).await;
        let account = oid(&people.worker);
        let theirs = quiet_session(&world, &world.other().network_id, account).await;
        let session = sign_in(&world, account).await;
        assert_eq!(listed(&world, &session).await.len(), 1, "theirs is not in the list");
        assert_eq!(not_ended(&world, &format!("{MINE}/{theirs}"), &session).await, not_found());
        end(&world, MINE, &session).await;
        is_over(&world, &session).await;
        let admin = world.admin_token(&people.stranger.worker_number).await;
        end(&world, &format!("/members/{}/sessions", people.worker.id), &admin).await;
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 1, "theirs runs on");

        let ours = sign_in(&world, account).await;
        let admin = world.forge_other(json!({"worker": null, "roles": ["Eloops.Admin"]})).await;
        let path = format!("/members/{}/sessions", people.worker.id);
        assert_eq!(not_ended(&world, &path, &admin).await, not_found());
        world.get("/me", &ours).await;
    }
}
