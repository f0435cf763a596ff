//! How much one caller may ask for in a minute.

use std::time::Duration;

use image::ImageFormat;
use reqwest::{Method, Response};
use serde_json::json;

use crate::support::browser::{Panel, sign_in};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::pictures::{form, picture};
use crate::support::world::{World, refusal};

async fn limited(per_minute: &str, more: &[(&str, &str)]) -> World {
    let variables = [&[("ELOOPS_RATE_LIMIT", per_minute)], more].concat();
    let world = World::with(Db::sqlite().await, &variables).await;
    world.sync(eloops_api::Directions::In).await;
    world
}

async fn me(world: &World, bearer: &str) -> Response {
    let request = world.ask(Method::GET, "/api/v1/me", bearer);
    request.send().await.unwrap()
}

/// Asks until refused; gives how often it went well, and `Retry-After`.
async fn until_refused(world: &World, bearer: &str) -> (usize, String) {
    for went_well in 0.. {
        let answer = me(world, bearer).await;
        if answer.status() == 429 {
            let wait = answer.headers()["retry-after"].to_str().unwrap().to_owned();
            assert_eq!(refusal(answer).await, (429, "too_many_requests".to_owned()));
            return (went_well, wait);
        }
    }
    unreachable!("the loop has no end of its own")
}

#[tokio::test]
async fn a_caller_has_a_budget_and_gets_it_back() {
    let world = limited("6", &[]).await;
    let people = People::of(&world).await;
    let own = world.token(&people.worker.worker_number).await;
    let other = world.token(&people.peer.worker_number).await;
    assert_eq!(
        until_refused(&world, &own).await,
        (12, "10".to_owned()),
        "two minutes' worth at once, then one in ten seconds"
    );
    let again = world.token(&people.worker.worker_number).await;
    assert_eq!(me(&world, &again).await.status(), 429, "the same person");
    assert_eq!(me(&world, &other).await.status(), 200, "somebody else");
    world.db.clock.advance(Duration::from_millis(9_500));
    let soon = me(&world, &own).await;
    assert_eq!(soon.headers()["retry-after"], "1", "rounded up");
    world.db.clock.advance(Duration::from_millis(500));
    assert_eq!(me(&world, &own).await.status(), 200);
    assert_eq!(me(&world, &own).await.status(), 429);
}

#[tokio::test]
async fn uploads_and_runs_have_smaller_budgets() {
    let world = limited("120", &[]).await;
    let people = People::of(&world).await;
    let admin = world.admin_token(&people.worker.worker_number).await;
    let upload = || async {
        world
            .ask(Method::POST, "/api/v1/me/uploads", &admin)
            .multipart(form(picture(ImageFormat::Png)))
            .send()
            .await
            .unwrap()
    };
    for _ in 0..6 {
        assert_eq!(upload().await.status(), 201);
    }
    let refused = upload().await;
    assert_eq!(refused.headers()["retry-after"], "10");
    assert_eq!(refusal(refused).await.0, 429);
    let run = || async {
        world
            .ask(Method::POST, "/api/v1/talent/sync-runs", &admin)
            .json(&json!({"direction": "in", "dry_run": true}))
            .send()
            .await
            .unwrap()
            .status()
    };
    assert_eq!(run().await, 202);
    assert_eq!(run().await, 202);
    assert_eq!(run().await, 429);
    assert_eq!(me(&world, &admin).await.status(), 200, "reading goes on");
}

#[tokio::test]
async fn guessing_bearers_is_slowed_down_and_ends_nobodys_work() {
    let world = limited("10", &[]).await;
    let people = People::of(&world).await;
    let own = world.token(&people.worker.worker_number).await;
    let known = world.token(&people.peer.worker_number).await;
    assert_eq!(me(&world, &known).await.status(), 200);
    let mut statuses = Vec::new();
    for guess in 0..4 {
        let bearer = format!("els_{guess}{}", "A".repeat(42));
        statuses.push(me(&world, &bearer).await.status().as_u16());
    }
    assert_eq!(
        statuses,
        [401, 401, 401, 429],
        "two, one that goes over, and then none is looked at"
    );
    assert_eq!(
        me(&world, &own).await.status(),
        429,
        "no bearer of this address that was not seen before, right or wrong, for now"
    );
    assert_eq!(
        me(&world, &known).await.status(),
        200,
        "who worked before works on"
    );
    let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
    assert_eq!(
        me(&world, &session).await.status(),
        200,
        "who signed in just now, too"
    );
    world.db.clock.advance(Duration::from_secs(30));
    assert_eq!(me(&world, &own).await.status(), 200, "half a minute later");
}

#[tokio::test]
async fn without_a_bearer_the_address_counts() {
    let world = limited("1", &[]).await;
    let panel = Panel::new();
    for _ in 0..10 {
        assert_eq!(panel.claim(&world).await.status(), 200);
    }
    let refused = panel.claim(&world).await;
    assert_eq!(refused.headers()["retry-after"], "6");
    assert_eq!(refusal(refused).await.0, 429);
    for free in ["/healthz", "/readyz", "/metrics", "/frame/settings.json"] {
        let answer = world.ask(Method::GET, free, "").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{free} costs nothing");
    }
    let own = world.forge(json!({"worker": null, "roles": ["Eloops.Admin"]}));
    assert_eq!(me(&world, &own.await).await.status(), 200, "who is known");
}

#[tokio::test]
async fn a_made_up_bearer_does_not_spare_the_address() {
    let world = limited("1", &[]).await;
    let document = || async {
        let request = world.ask(Method::GET, "/api/v1/openapi.json", "made-up");
        request.send().await.unwrap().status().as_u16()
    };
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(document().await);
    }
    assert_eq!(statuses[..11], [200; 11]);
    assert_eq!(statuses[11], 429);
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_a_budget() {
    let claim = |world: &World, forwarded: &'static str| {
        let request = world
            .ask(Method::POST, "/auth/claim", "")
            .header("x-eloops-request", "1")
            .header("x-forwarded-for", forwarded)
            .json(&json!({"secret": Panel::new().secret}));
        async { request.send().await.unwrap().status().as_u16() }
    };
    let world = limited("1", &[("ELOOPS_TRUSTED_PROXIES", "127.0.0.0/8")]).await;
    for _ in 0..10 {
        assert_eq!(claim(&world, "198.51.100.7").await, 200);
    }
    assert_eq!(claim(&world, "198.51.100.7").await, 429);
    assert_eq!(
        claim(&world, "198.51.100.8, 198.51.100.7").await,
        429,
        "what the client wrote itself does not count"
    );
    assert_eq!(claim(&world, "198.51.100.8").await, 200);

    let bare = limited("1", &[]).await;
    for at in 0..10 {
        assert_eq!(claim(&bare, "198.51.100.7").await, 200, "{at}");
    }
    assert_eq!(
        claim(&bare, "198.51.100.8").await,
        429,
        "without a trusted proxy the header is nothing"
    );
}
