//! Sessions: refreshed every hour, ended after eight, and by whatever else ends them.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::support::browser::sign_in;
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::{World, refusal};

const ENDED: (u16, &str) = (401, "session_ended");

async fn refresh(world: &World, bearer: &str) -> Response {
    world
        .ask(Method::POST, "/auth/refresh", bearer)
        .header("x-eloops-request", "1")
        .send()
        .await
        .unwrap()
}

/// The new bearer.
async fn refreshed(world: &World, bearer: &str) -> String {
    let answer = refresh(world, bearer).await;
    let status = answer.status();
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(status, 200, "{answer}");
    answer["session"].as_str().unwrap().to_owned()
}

async fn refused(world: &World, bearer: &str) -> (u16, String) {
    refusal(refresh(world, bearer).await).await
}

async fn me(world: &World, bearer: &str) -> (u16, String) {
    world.refusal("/me", bearer).await
}

fn is(found: &(u16, String), expected: (u16, &str)) -> bool {
    (found.0, &*found.1) == expected
}

async fn signed_in(db: Db) -> (World, People, String) {
    let world = World::synced(db).await;
    let people = People::of(&world).await;
    let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
    (world, people, session)
}

async fn faults(world: &World, faults: Value) {
    world.control(Method::PUT, "/faults", &faults).await;
}

/// Time passes on both sides.
async fn wait(world: &World, seconds: u64) {
    world.db.clock.advance(Duration::from_secs(seconds));
    world
        .control(Method::PUT, "/clock", &json!({"advance_s": seconds}))
        .await;
}

/// The answer Microsoft's token endpoint gives from now on.
fn token_endpoint(status: u16, body: &Value) -> Value {
    json!([{
        "match": "POST /11111111-1111-1111-1111-111111111111/oauth2/v2.0/token",
        "status": status,
        "body": body,
    }])
}

on_both! {
    async fn a_bearer_lives_an_hour_and_is_renewed_with_a_minute_of_grace(db) {
        let (world, _, first) = signed_in(db).await;
        wait(&world, 3300).await;
        let second = refreshed(&world, &first).await;
        assert_ne!(first, second);
        world.get("/me", &second).await;
        wait(&world, 59).await;
        world.get("/me", &first).await;
        wait(&world, 1).await;
        world.get("/me", &second).await;
        wait(&world, 3539).await;
        world.get("/me", &second).await;
        wait(&world, 1).await;
        assert!(is(&me(&world, &second).await, ENDED), "after its hour");
        assert!(is(&refused(&world, &second).await, ENDED), "and it is too late to refresh");
    }

    async fn a_session_ends_after_eight_hours_however_often_it_is_refreshed(db) {
        let (world, _, mut bearer) = signed_in(db).await;
        // Nine times 53 minutes are 3 minutes less than eight hours; the last bearer ends with the session.
        for _ in 0..8 {
            wait(&world, 53 * 60).await;
            bearer = refreshed(&world, &bearer).await;
        }
        wait(&world, 53 * 60).await;
        assert!(is(&refused(&world, &bearer).await, (409, "session_not_renewable")));
        wait(&world, 179).await;
        world.get("/me", &bearer).await;
        wait(&world, 1).await;
        assert!(is(&me(&world, &bearer).await, ENDED));
        assert!(is(&refused(&world, &bearer).await, ENDED));
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 0, "the user's tokens are gone");
        assert_eq!(world.db.number("SELECT COUNT(*) FROM session_bearers").await, 0);
    }

    async fn of_eight_refreshes_at_once_one_wins(db) {
        let (world, _, bearer) = signed_in(db).await;
        let answers = join_all((0..8).map(|_| async {
            let answer = refresh(&world, &bearer).await;
            (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
        })).await;
        let won: Vec<_> = answers.iter().filter(|(status, _)| *status == 200).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        let lost = answers.iter().filter(|(status, body)| *status == 409 && body["code"] == "session_refreshed");
        assert_eq!(lost.count(), 7, "{answers:?}");
        world.get("/me", won[0].1["session"].as_str().unwrap()).await;
        assert_eq!(world.db.number("SELECT COUNT(*) FROM session_bearers").await, 2);
    }

    async fn a_copied_bearer_ends_the_whole_session(db) {
        let (world, _, first) = signed_in(db).await;
        let second = refreshed(&world, &first).await;
        wait(&world, 59).await;
        assert!(is(&refused(&world, &first).await, (409, "session_refreshed")), "no alarm within the grace");
        world.get("/me", &second).await;
        let third = refreshed(&world, &second).await;
        wait(&world, 1).await;
        assert!(is(&refused(&world, &first).await, ENDED), "the alarm");
        for bearer in [&first, &second, &third] {
            assert!(is(&me(&world, bearer).await, ENDED));
            assert!(is(&refused(&world, bearer).await, ENDED));
        }
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 0);
    }

    async fn a_replaced_bearer_that_is_used_after_its_grace_ends_the_session(db) {
        let (world, _, first) = signed_in(db).await;
        let second = refreshed(&world, &first).await;
        wait(&world, 59).await;
        world.get("/me", &first).await;
        wait(&world, 1).await;
        world.get("/me", &second).await;
        assert!(is(&me(&world, &first).await, ENDED), "after the grace");
        assert!(is(&me(&world, &second).await, ENDED), "whoever got it");
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 0);
    }

    async fn signing_out_with_an_old_bearer_ends_the_newest(db) {
        let (world, _, first) = signed_in(db).await;
        let second = refreshed(&world, &first).await;
        let third = refreshed(&world, &second).await;
        wait(&world, 600).await;
        let out = world.ask(Method::POST, "/auth/sign-out", &first).send().await.unwrap();
        assert_eq!(out.status(), 200);
        assert!(is(&me(&world, &third).await, ENDED));
        for bearer in [&first, &third, "els_unknown"] {
            let again = world.ask(Method::POST, "/auth/sign-out", bearer).send().await.unwrap();
            assert_eq!(again.status(), 200, "what has ended before is fine too");
        }
    }

    async fn what_is_over_is_cleaned_up(db) {
        let (world, people, _) = signed_in(db).await;
        wait(&world, 1800).await;
        let second = sign_in(&world, people.peer.object_id.as_deref().unwrap()).await;
        wait(&world, 1800).await;
        let pruned = async || {
            let mut tx = world.db.store.write().await.unwrap();
            let now = world.db.now();
            let sessions = eloops_server::store::sessions::prune(&mut tx, now).await.unwrap();
            tx.commit().await.unwrap();
            sessions
        };
        assert_eq!(pruned().await, 1, "the one that nobody refreshed for an hour");
        world.get("/me", &second).await;
        wait(&world, 8 * 3600).await;
        assert_eq!(pruned().await, 1);
        assert_eq!(world.db.number("SELECT COUNT(*) FROM session_bearers").await, 0);
    }
}

#[tokio::test]
async fn a_refresh_brings_the_roles_of_now() {
    let (world, people, first) = signed_in(Db::sqlite().await).await;
    let number = &people.worker.worker_number;
    let with_roles = async |roles: Value| {
        let token = world
            .forge(json!({"worker": number, "roles": roles.clone()}))
            .await;
        faults(
            &world,
            token_endpoint(
                200,
                &json!({"access_token": token, "refresh_token": "next", "expires_in": 3600}),
            ),
        )
        .await;
    };
    with_roles(json!(["Eloops.Admin"])).await;
    let second = refreshed(&world, &first).await;
    assert_eq!(
        world.get("/me", &second).await["roles"],
        json!(["Eloops.Admin"])
    );
    with_roles(json!([])).await;
    let third = refreshed(&world, &second).await;
    assert_eq!(world.get("/me", &third).await["roles"], json!([]));
}

#[tokio::test]
async fn tokens_of_somebody_else_end_the_session() {
    let (world, people, bearer) = signed_in(Db::sqlite().await).await;
    let token = world.token(&people.peer.worker_number).await;
    let body = json!({"access_token": token, "refresh_token": "next", "expires_in": 3600});
    faults(&world, token_endpoint(200, &body)).await;
    assert!(is(&refused(&world, &bearer).await, ENDED));
    assert!(is(&me(&world, &bearer).await, ENDED));
}

#[tokio::test]
async fn a_sign_in_that_microsoft_no_longer_honours_ends() {
    for error in ["invalid_grant", "interaction_required"] {
        let (world, _, bearer) = signed_in(Db::sqlite().await).await;
        let body = json!({"error": error, "error_codes": [50173]});
        faults(&world, token_endpoint(400, &body)).await;
        assert!(is(&refused(&world, &bearer).await, ENDED), "{error}");
        faults(&world, json!([])).await;
        assert!(
            is(&me(&world, &bearer).await, ENDED),
            "{error}: not the old one either"
        );
    }
}

#[tokio::test]
async fn an_outage_of_microsoft_does_not_sign_anybody_out() {
    let (world, _, mut bearer) = signed_in(Db::sqlite().await).await;
    for (status, body) in [
        (503, json!({})),
        (500, json!("garbage")),
        (200, json!({"nothing": "useful"})),
        (400, json!({"error": "temporarily_unavailable"})),
        // Our own secret ran out: nothing against the person.
        (
            401,
            json!({"error": "invalid_client", "error_codes": [7_000_222]}),
        ),
    ] {
        faults(&world, token_endpoint(status, &body)).await;
        bearer = refreshed(&world, &bearer).await;
        world.get("/me", &bearer).await;
    }
    // The refresh token is kept all the while.
    faults(&world, json!([])).await;
    let bearer = refreshed(&world, &bearer).await;
    world.get("/me", &bearer).await;
}

#[tokio::test]
async fn a_member_who_left_cannot_refresh() {
    let (world, people, bearer) = signed_in(Db::sqlite().await).await;
    // As a sync would set it that did not end the sessions.
    let mut tx = world.db.store.write().await.unwrap();
    sqlx::query("UPDATE members SET status = 'inactive' WHERE id = $1")
        .bind(&people.worker.id)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert!(is(&refused(&world, &bearer).await, ENDED));
    assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 0);
}

#[tokio::test]
async fn a_session_without_a_refresh_token_has_one_hour() {
    let (world, _, bearer) = signed_in(Db::sqlite().await).await;
    world
        .db
        .execute("UPDATE sessions SET tokens = NULL")
        .await
        .unwrap();
    world.get("/me", &bearer).await;
    assert!(is(&refused(&world, &bearer).await, ENDED));
}

#[tokio::test]
async fn refreshing_needs_a_session_and_our_own_script() {
    let (world, people, bearer) = signed_in(Db::sqlite().await).await;
    let bare = world.ask(Method::POST, "/auth/refresh", &bearer);
    assert!(is(
        &refusal(bare.send().await.unwrap()).await,
        (403, "header_missing")
    ));
    let foreign = world
        .ask(Method::POST, "/auth/refresh", &bearer)
        .header("x-eloops-request", "1")
        .header("origin", "https://evil.example");
    assert!(is(
        &refusal(foreign.send().await.unwrap()).await,
        (403, "origin_not_allowed")
    ));
    let token = world.token(&people.worker.worker_number).await;
    assert!(is(&refused(&world, &token).await, (401, "unauthenticated")));
    assert!(is(&refused(&world, "").await, (401, "unauthenticated")));
    assert!(is(&refused(&world, "els_unknown").await, ENDED));
    let get = world.ask(Method::GET, "/auth/refresh", &bearer);
    assert_eq!(get.send().await.unwrap().status(), 405);
    refreshed(&world, &bearer).await;
}
