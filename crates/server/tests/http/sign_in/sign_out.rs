//! Signing out on both sides.

use reqwest::Method;
use reqwest::header::LOCATION;
use serde_json::{Value, json};

use crate::support::browser::{Panel, Popup, sign_in, to_confirmation};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

const TENANT: &str = "11111111-1111-1111-1111-111111111111";

async fn sign_out(world: &World, bearer: &str) -> Value {
    let answer = world
        .ask(Method::POST, "/auth/sign-out", bearer)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    answer.json().await.unwrap()
}

async fn is_out(world: &World, bearer: &str) -> bool {
    let answer = world
        .ask(Method::GET, "/api/v1/me", bearer)
        .send()
        .await
        .unwrap();
    answer.status() == 401
}

/// A sign-in whose id token names this session of Microsoft's; up to the popup at the confirmation.
async fn with_sid(world: &World, people: &People, sid: &str) -> (Panel, Popup, String) {
    let number = &people.worker.worker_number;
    let panel = Panel::new();
    let popup = Popup::open(world, &panel).await;
    let callback = popup
        .choose(world, people.worker.object_id.as_deref().unwrap())
        .await;
    let nonce = popup
        .authorize
        .query_pairs()
        .find(|(name, _)| name == "nonce")
        .unwrap()
        .1
        .into_owned();
    let claims =
        json!({"aud": "eloops-server", "scp": null, "azp": null, "nonce": nonce, "sid": sid});
    let body = json!({
        "access_token": world.token(number).await,
        "id_token": world.forge(json!({"worker": number, "claims": claims})).await,
        "refresh_token": "refresh",
        "expires_in": 3600,
    });
    let target = format!("POST /{TENANT}/oauth2/v2.0/token");
    let faults = json!([{"match": target, "status": 200, "body": body}]);
    world.control(Method::PUT, "/faults", &faults).await;
    let page = popup.come_back(world, &callback).await;
    world.control(Method::PUT, "/faults", &json!([])).await;
    (panel, popup, page)
}

async fn session_of(world: &World, (panel, popup, page): &(Panel, Popup, String)) -> String {
    assert_eq!(popup.press(world, page, "confirm").await.status(), 200);
    let answer: Value = panel.claim(world).await.json().await.unwrap();
    answer["session"].as_str().unwrap().to_owned()
}

async fn front_channel(world: &World, query: &[(&str, &str)]) {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(query)
        .finish();
    let path = format!("/auth/front-channel-logout?{query}");
    let answer = world
        .ask(Method::GET, &path, "")
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-dest", "iframe")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200, "{query}");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    assert_eq!(answer.text().await.unwrap(), "", "nobody learns anything");
}

#[tokio::test]
async fn the_link_leads_by_microsofts_sign_out_to_our_page() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
    let answer = sign_out(&world, &session).await;
    assert!(is_out(&world, &session).await);
    let link = answer["microsoft_sign_out"].as_str().unwrap();
    let sent = world.http.get(link).send().await.unwrap();
    assert_eq!(sent.status(), 303);
    let to: url::Url = sent.headers()[LOCATION].to_str().unwrap().parse().unwrap();
    assert!(to.path().ends_with("/oauth2/v2.0/logout"), "{to}");
    let query: Vec<_> = to.query_pairs().into_owned().collect();
    let back = format!("{}/auth/signed-out", world.url);
    assert_eq!(
        query,
        [("post_logout_redirect_uri".to_owned(), back.clone())]
    );
    let from_microsoft = world.http.get(to).send().await.unwrap();
    assert_eq!(from_microsoft.headers()[LOCATION], back.as_str());
    let page = world.http.get(back).send().await.unwrap();
    assert_eq!(page.status(), 200);
    assert!(page.text().await.unwrap().contains("You are signed out"));
}

#[tokio::test]
async fn an_outage_of_microsoft_does_not_stop_signing_out() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
    let down = json!([{"match": "GET /", "status": 503}, {"match": "POST /", "status": 503}]);
    world.control(Method::PUT, "/faults", &down).await;
    let answer = sign_out(&world, &session).await;
    assert!(answer["microsoft_sign_out"].is_string(), "{answer}");
    assert!(is_out(&world, &session).await);
}

#[tokio::test]
async fn a_server_that_never_reached_microsoft_says_so_kindly() {
    let world = World::empty(Db::sqlite().await).await;
    let down = json!([{"match": "GET /", "status": 503}]);
    world.control(Method::PUT, "/faults", &down).await;
    let answer = world
        .ask(Method::GET, "/auth/microsoft-sign-out", "")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 502);
    let page = answer.text().await.unwrap();
    assert!(page.contains("You are signed out of Eloops"), "{page}");
}

#[tokio::test]
async fn signing_out_needs_a_session() {
    let world = World::empty(Db::sqlite().await).await;
    for bearer in ["", "eyJ0b2tlbiI6MX0"] {
        let answer = world
            .ask(Method::POST, "/auth/sign-out", bearer)
            .send()
            .await
            .unwrap();
        let refused = crate::support::world::refusal(answer).await;
        assert_eq!(refused, (401, "unauthenticated".to_owned()));
    }
    // Which of two counts is not ours to choose: a proxy in front may choose the other.
    let two = world
        .ask(Method::POST, "/auth/sign-out", "els_one")
        .header("authorization", "Bearer els_other");
    let refused = crate::support::world::refusal(two.send().await.unwrap()).await;
    assert_eq!(refused, (401, "unauthenticated".to_owned()));
    let get = world
        .ask(Method::GET, "/auth/sign-out", "")
        .send()
        .await
        .unwrap();
    assert_eq!(get.status(), 405, "no image or link signs anybody out");
}

on_both! {
    async fn signing_out_drops_what_microsoft_gave(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let oid = people.worker.object_id.as_deref().unwrap();
        let (one, other) = (sign_in(&world, oid).await, sign_in(&world, oid).await);
        sign_out(&world, &one).await;
        assert!(is_out(&world, &one).await);
        assert!(!is_out(&world, &other).await, "the other panel goes on");
        assert_eq!(world.db.number("SELECT COUNT(*) FROM sessions").await, 1);
        assert_eq!(world.db.number("SELECT COUNT(*) FROM session_bearers").await, 1);
    }

    async fn a_sign_out_at_microsoft_ends_what_began_with_that_session(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let first = session_of(&world, &with_sid(&world, &people, "sid-1").await).await;
        let second = session_of(&world, &with_sid(&world, &people, "sid-1").await).await;
        let other = session_of(&world, &with_sid(&world, &people, "sid-2").await).await;
        let issuer = format!("{}/{TENANT}/v2.0", world.sandbox.url());

        for wrong in [
            &[("iss", &*issuer)][..],
            &[("iss", &issuer), ("sid", "")],
            &[("iss", &issuer), ("sid", "sid")],
            &[("iss", "https://evil.example"), ("sid", "sid-1")],
            &[("sid", "sid-1"), ("sid", "sid-1")],
            &[],
        ] {
            front_channel(&world, wrong).await;
        }
        assert!(!is_out(&world, &first).await);

        front_channel(&world, &[("iss", &issuer), ("sid", "sid-1")]).await;
        assert!(is_out(&world, &first).await && is_out(&world, &second).await);
        assert!(!is_out(&world, &other).await, "another session of Microsoft's");
        // Entra leaves the issuer out.
        front_channel(&world, &[("sid", "sid-2")]).await;
        assert!(is_out(&world, &other).await);
        front_channel(&world, &[("sid", "sid-2")]).await;
    }

    async fn a_sign_out_at_microsoft_also_ends_a_sign_in_under_way(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let confirmed = with_sid(&world, &people, "sid-1").await;
        let waiting = with_sid(&world, &people, "sid-1").await;
        confirmed.1.press(&world, &confirmed.2, "confirm").await;
        front_channel(&world, &[("sid", "sid-1")]).await;
        assert_eq!(confirmed.0.state(&world).await, "pairing_ended");
        assert_eq!(waiting.1.press(&world, &waiting.2, "confirm").await.status(), 400);
    }
}

#[tokio::test]
async fn the_session_of_microsofts_is_kept_as_a_hash_only() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    session_of(&world, &with_sid(&world, &people, "sid-canary").await).await;
    let mut conn = world.db.store.read().await.unwrap();
    let (kept,): (String,) = sqlx::query_as("SELECT sid_hash FROM sessions")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    assert_eq!(kept, eloops_server::auth::random::sha256("sid-canary"));
}

#[tokio::test]
async fn the_consent_page_says_what_happened() {
    let world = World::empty(Db::sqlite().await).await;
    for (query, expected) in [
        (
            "?tenant=x&state=y&admin_consent=True",
            "Thank you, that is done",
        ),
        (
            "?error=access_denied&error_description=no",
            "Consent was not given",
        ),
        (
            "?admin_consent=True&error=access_denied",
            "Consent was not given",
        ),
        ("", "Consent was not given"),
        (
            "?admin_consent=True&admin_consent=True",
            "Consent was not given",
        ),
    ] {
        let path = format!("/auth/consented{query}");
        let answer = world.ask(Method::GET, &path, "").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{query}");
        let page = answer.text().await.unwrap();
        assert!(page.contains(expected), "{query}: {page}");
    }
}

#[tokio::test]
async fn cancelling_leaves_the_other_sign_in_alone() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let oid = people.worker.object_id.as_deref().unwrap();
    let session = sign_in(&world, oid).await;
    let (panel, popup, page) = to_confirmation(&world, oid).await;
    popup.press(&world, &page, "cancel").await;
    assert_eq!(panel.state(&world).await, "pairing_ended");
    assert!(!is_out(&world, &session).await);
}
