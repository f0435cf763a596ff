//! Which bearers count, over HTTP; the forgeries themselves stand beside the validator.

use reqwest::Method;
use serde_json::json;

use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::{World, refusal};

#[tokio::test]
async fn forged_and_foreign_tokens_are_refused() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let worker = people.worker.worker_number.as_str();
    world.get("/me", &world.token(worker).await).await;
    let talent = world.sandbox.url().to_owned();
    for (what, changes) in [
        ("expired", json!({"lifetime_s": -3600})),
        // The test's clock stands while the sandbox's goes on: half a minute for a slow machine.
        ("expired just now", json!({"lifetime_s": -30})),
        (
            "for Talent",
            json!({"audience": talent, "scopes": ["user_impersonation"]}),
        ),
        (
            "another audience",
            json!({"claims": {"aud": "api://other"}}),
        ),
        (
            "another tenant",
            json!({"claims": {"tid": "22222222-2222-2222-2222-222222222222"}}),
        ),
        (
            "another issuer",
            json!({"claims": {"iss": "https://evil.example/v2.0"}}),
        ),
        ("version 1", json!({"claims": {"ver": "1.0"}})),
        ("no expiry", json!({"claims": {"exp": null}})),
        (
            "its own key",
            json!({"header": {"jku": "https://evil.example/keys"}}),
        ),
        ("an unknown key", json!({"header": {"kid": "made-up"}})),
    ] {
        let mut changes = changes;
        changes["worker"] = json!(worker);
        let token = world.forge(changes).await;
        assert_eq!(
            world.refusal("/me", &token).await,
            (401, "invalid_token".to_owned()),
            "{what}"
        );
    }
    let token = world
        .forge(json!({"worker": worker, "scopes": ["other"]}))
        .await;
    assert_eq!(
        world.refusal("/me", &token).await,
        (403, "insufficient_scope".to_owned())
    );
    let app = world.forge(json!({"worker": null, "roles": []})).await;
    assert_eq!(
        world.refusal("/me", &app).await,
        (403, "insufficient_scope".to_owned())
    );
}

#[tokio::test]
async fn only_the_authorization_header_counts() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let token = world.token(&people.worker.worker_number).await;
    let in_address = format!("/me?access_token={token}");
    let answer = world
        .ask(Method::GET, &format!("/api/v1{in_address}"), "")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.headers()["www-authenticate"], "Bearer");
    assert_eq!(refusal(answer).await, (401, "unauthenticated".to_owned()));
    for value in [
        "",
        "Bearer",
        "Bearer ",
        "Basic abc",
        "Bearer a b",
        "els_made-up",
        "Bearer els_x",
    ] {
        let answer = world
            .ask(Method::GET, "/api/v1/me", "")
            .header("authorization", value);
        assert_eq!(answer.send().await.unwrap().status(), 401, "{value:?}");
    }
}

#[tokio::test]
async fn a_rotated_key_is_accepted_at_once() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let old = world.token(&people.worker.worker_number).await;
    world.get("/me", &old).await;
    world
        .control(Method::POST, "/keys/rotate", &json!({"remove_old": true}))
        .await;
    let new = world.token(&people.worker.worker_number).await;
    world.get("/me", &new).await;
    let answer = world.refusal("/me", &old).await;
    assert_eq!(answer, (401, "invalid_token".to_owned()), "the removed key");
}

#[tokio::test]
async fn an_application_has_no_card_of_its_own() {
    let world = World::synced(Db::sqlite().await).await;
    let app = world
        .forge(json!({"worker": null, "roles": ["Eloops.Admin"]}))
        .await;
    let me = world.get("/me", &app).await;
    assert_eq!(me["roles"], json!(["Eloops.Admin"]));
    assert_eq!(me.get("member"), None);
    assert_eq!(
        world.refusal("/me/team", &app).await,
        (403, "no_member".to_owned())
    );
}

#[tokio::test]
async fn what_is_polled_has_a_tag() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let token = world.token(&people.manager.worker_number).await;
    let activity = format!("/workers/{}/activity", people.worker.worker_number);
    for path in ["/me", "/me/team", &activity] {
        let ask = || world.ask(Method::GET, &format!("/api/v1{path}"), &token);
        let first = ask().send().await.unwrap();
        let tag = first.headers()["etag"].clone();
        world.db.clock.advance(std::time::Duration::from_secs(2));
        let again = ask().header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), 304, "{path}");
        assert_eq!(again.text().await.unwrap(), "");
    }
}
