//! Nobody ends up in somebody else's session: pieces of two sign-ins do not fit together, and no other site can
//! finish one.

use reqwest::header::COOKIE;
use reqwest::{Method, Response};

use crate::support::browser::{Panel, Popup, csrf, to_confirmation};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

async fn world() -> (World, String, String) {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let (worker, peer) = (people.worker.object_id, people.peer.object_id);
    (world, worker.unwrap(), peer.unwrap())
}

async fn post(
    world: &World,
    cookie: &str,
    origin: Option<&str>,
    form: &[(&str, &str)],
) -> Response {
    let mut request = world
        .ask(Method::POST, "/auth/confirm", "")
        .header(COOKIE, cookie)
        .form(form);
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_callback_needs_the_browser_that_began() {
    let (world, oid, _) = world().await;
    let (ours, theirs) = (Panel::new(), Panel::new());
    let popup = Popup::open(&world, &ours).await;
    let other = Popup::open(&world, &theirs).await;
    let callback = popup.choose(&world, &oid).await;

    let swapped = other.visit(&world, &callback).await;
    assert_eq!(swapped.status(), 400, "state of one, cookie of the other");
    let bare = world.ask(Method::GET, &callback, "").send().await.unwrap();
    assert_eq!(bare.status(), 400, "no cookie");
    let forged = popup.visit(&world, &format!("{callback}x")).await;
    assert_eq!(forged.status(), 400, "another state");
    let twice = popup.visit(&world, &format!("{callback}&state=x")).await;
    assert_eq!(twice.status(), 400, "two states");
    // None of them spoiled the real one.
    popup.come_back(&world, &callback).await;
    assert_eq!(theirs.state(&world).await, "pending");
}

#[tokio::test]
async fn a_code_of_one_sign_in_does_not_fit_the_state_of_another() {
    let (world, oid, _) = world().await;
    let (ours, theirs) = (Panel::new(), Panel::new());
    let attacker = Popup::open(&world, &theirs).await;
    let stolen = attacker.choose(&world, &oid).await;
    let popup = Popup::open(&world, &ours).await;
    let own = popup.choose(&world, &oid).await;
    let part = |callback: &str, name: &str| {
        let url = url::Url::parse(&format!("http://x{callback}")).unwrap();
        let found = url.query_pairs().find(|(key, _)| key == name).unwrap();
        found.1.into_owned()
    };
    let mixed = format!(
        "/auth/callback?code={}&state={}",
        part(&stolen, "code"),
        part(&own, "state")
    );
    // Microsoft refuses: the code belongs to the other verifier (PKCE).
    assert_eq!(popup.visit(&world, &mixed).await.status(), 502);
    assert_eq!(ours.state(&world).await, "pairing_ended");
}

#[tokio::test]
async fn a_session_goes_to_the_panel_that_was_confirmed_only() {
    let (world, worker, peer) = world().await;
    let (ours, popup, page) = to_confirmation(&world, &worker).await;
    let (theirs, other, other_page) = to_confirmation(&world, &peer).await;
    assert!(page.contains(&ours.challenge.confirm_code()));
    assert!(!page.contains(&theirs.challenge.confirm_code()));

    // The form of one with the cookie of the other.
    let form = [("csrf", &*csrf(&page)), ("action", "confirm")];
    let swapped = post(&world, &other.cookie, Some(&world.url), &form).await;
    assert_eq!(swapped.status(), 403);
    assert_eq!(ours.state(&world).await, "pending");
    assert_eq!(theirs.state(&world).await, "pending");

    assert_eq!(
        other.press(&world, &other_page, "confirm").await.status(),
        200
    );
    assert_eq!(ours.state(&world).await, "pending");
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
    for (panel, oid) in [(ours, worker), (theirs, peer)] {
        let answer: serde_json::Value = panel.claim(&world).await.json().await.unwrap();
        let me = world.get("/me", answer["session"].as_str().unwrap()).await;
        let mut conn = world.db.store.read().await.unwrap();
        let network = &world.db.network_id;
        let member = eloops_server::store::members::by_object_id(&mut conn, network, &oid);
        let number = member.await.unwrap().unwrap().worker_number;
        assert_eq!(me["member"]["worker_number"], number.as_str());
    }
}

#[tokio::test]
async fn of_two_tabs_in_one_browser_the_newer_counts() {
    let (world, oid, _) = world().await;
    let (first, old, page) = to_confirmation(&world, &oid).await;
    // The second tab's start replaced the browser's cookie.
    let second = Panel::new();
    let newer = Popup::open(&world, &second).await;
    assert_ne!(old.cookie, newer.cookie);
    let form = [("csrf", &*csrf(&page)), ("action", "confirm")];
    let pressed = post(&world, &newer.cookie, Some(&world.url), &form).await;
    assert_eq!(
        pressed.status(),
        403,
        "the old tab's button confirms nothing"
    );
    let callback = newer.choose(&world, &oid).await;
    let page = newer.come_back(&world, &callback).await;
    assert_eq!(first.state(&world).await, "pending");
    assert_eq!(newer.press(&world, &page, "confirm").await.status(), 200);
    assert_eq!(second.state(&world).await, "ready");
    assert_eq!(first.state(&world).await, "pending");
}

/// An attacker sends the victim a start link of the attacker's own panel, and the victim's browser even signs in by
/// itself: without the victim's own confirmation the attacker's panel gets nothing.
#[tokio::test]
async fn a_start_link_that_somebody_sent_binds_nothing_by_itself() {
    let (world, victim, _) = world().await;
    let (attacker, popup, page) = to_confirmation(&world, &victim).await;
    assert_eq!(attacker.state(&world).await, "pending");
    assert!(
        page.contains(&attacker.challenge.confirm_code())
            && page.contains("If somebody sent you here, cancel"),
        "the victim sees a code that stands in no panel of theirs: {page}"
    );
    assert!(
        !page.contains("<script") && !page.contains("autofocus"),
        "nothing presses the button by itself: {page}"
    );
    // Neither a visit nor a link presses the button.
    let token = csrf(&page);
    for path in [
        "/auth/confirm".to_owned(),
        format!("/auth/confirm?csrf={token}&action=confirm"),
    ] {
        assert_eq!(popup.visit(&world, &path).await.status(), 200);
        assert_eq!(attacker.state(&world).await, "pending", "GET {path}");
    }
    world.db.clock.advance(std::time::Duration::from_secs(120));
    assert_eq!(attacker.state(&world).await, "pairing_ended");
}

#[tokio::test]
async fn no_other_site_can_press_the_button() {
    let (world, oid, _) = world().await;
    let (panel, popup, page) = to_confirmation(&world, &oid).await;
    let token = csrf(&page);
    let own = world.url.clone();
    let other_port = format!("{own}0");
    for (origin, token) in [
        (Some("https://evil.example"), &*token),
        (Some("null"), &*token),
        (Some(&*other_port), &*token),
        (Some("https://contoso.crm.dynamics.com"), &*token),
        (None, &*token),
        (Some(&*own), "made-up"),
        (Some(&*own), ""),
        (None, "made-up"),
    ] {
        let form = [("csrf", token), ("action", "confirm")];
        let answer = post(&world, &popup.cookie, origin, &form).await;
        assert_eq!(answer.status(), 403, "{origin:?} {token}");
        assert_eq!(panel.state(&world).await, "pending", "{origin:?} {token}");
    }
    let form = [("csrf", &*token), ("action", "confirm")];
    let without_cookie = post(&world, "other=1", Some(&own), &form).await;
    assert_eq!(without_cookie.status(), 400);
    for form in [vec![], vec![("csrf", &*token)], vec![("action", "confirm")]] {
        let incomplete = post(&world, &popup.cookie, Some(&own), &form).await;
        assert_eq!(incomplete.status(), 400, "{form:?}");
    }
    assert_eq!(panel.state(&world).await, "pending");
    assert_eq!(popup.press(&world, &page, "confirm").await.status(), 200);
    assert_eq!(panel.state(&world).await, "ready");
}

/// Session fixation: what the attacker may have known before is worth nothing after.
#[tokio::test]
async fn a_session_has_a_name_that_nobody_knew_before() {
    let (world, oid, _) = world().await;
    let (panel, popup, page) = to_confirmation(&world, &oid).await;
    popup.press(&world, &page, "confirm").await;
    let claim = world
        .ask(Method::POST, "/auth/claim", "els_chosen-by-somebody")
        .header("x-eloops-request", "1")
        .header(COOKIE, &popup.cookie)
        .json(&serde_json::json!({"secret": panel.secret, "session": "els_chosen-by-somebody"}));
    let answer: serde_json::Value = claim.send().await.unwrap().json().await.unwrap();
    let session = answer["session"].as_str().unwrap();
    let cookie = popup.cookie.split_once('=').unwrap().1;
    for known in [
        &*panel.secret,
        panel.challenge.as_str(),
        cookie,
        &csrf(&page),
        "chosen-by-somebody",
    ] {
        assert!(!session.contains(known));
        let tried = world.refusal("/me", &format!("els_{known}")).await;
        assert_eq!(tried, (401, "session_ended".to_owned()));
    }
    assert_eq!(session.len(), "els_".len() + 43, "256 random bits");
    world.get("/me", session).await;
}
