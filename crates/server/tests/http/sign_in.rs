//! The way through the paired popup, walked by HTTP.

mod expiry;
mod languages;
mod microsoft;
mod refused;
mod replay;
mod sessions;
mod sign_out;
mod start;
mod swap;

use eloops_api::Source;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::Value;

use crate::support::browser::{Panel, Popup, sign_in};
use crate::support::people::People;
use crate::support::world::{World, refusal};

on_both! {
    async fn a_person_signs_in_and_out(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let oid = people.worker.object_id.as_deref().unwrap();
        let panel = Panel::new();

        let waiting: Value = panel.claim(&world).await.json().await.unwrap();
        assert_eq!(waiting, serde_json::json!({"state": "pending"}), "nobody came yet");

        let popup = Popup::open(&world, &panel).await;
        let callback = popup.choose(&world, oid).await;
        let page = popup.come_back(&world, &callback).await;
        assert!(page.contains(&panel.challenge.confirm_code()), "the panel's code on {page}");
        assert!(page.contains(&maud::html! { (people.worker.name) }.into_string()), "the name on {page}");
        let waiting: Value = panel.claim(&world).await.json().await.unwrap();
        assert_eq!(waiting["state"], "pending", "nothing before the confirmation");

        let done = popup.press(&world, &page, "confirm").await;
        assert_eq!(done.status(), 200);
        assert!(done.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));

        // Of eight claims at once exactly one gets the session.
        let answers = join_all((0..8).map(|_| async {
            panel.claim(&world).await.json::<Value>().await.unwrap()
        })).await;
        let ready: Vec<_> = answers.iter().filter(|answer| answer["state"] == "ready").collect();
        assert_eq!(ready.len(), 1, "{answers:?}");
        let session = ready[0]["session"].as_str().unwrap();
        let again: Value = panel.claim(&world).await.json().await.unwrap();
        assert_eq!(again["state"], "pending", "a claimed pairing is like an unknown one");

        let me = world.get("/me", session).await;
        assert_eq!(me["member"]["worker_number"], people.worker.worker_number.as_str());
        assert!(me["member"]["joined_at"].is_string(), "{me}");
        let number = &people.worker.worker_number;
        let record = world.get(&format!("/talent/workers/{number}"), session).await;
        let record: eloops_api::TalentWorker = serde_json::from_value(record).unwrap();
        assert_eq!(record.source, Source::Talent, "with the session's own token for Talent");

        let out = world.ask(Method::POST, "/auth/sign-out", session).send().await.unwrap();
        let answer: Value = out.json().await.unwrap();
        let link = format!("{}/auth/microsoft-sign-out", world.url);
        assert_eq!(answer, serde_json::json!({"microsoft_sign_out": link}));
        assert_eq!(world.refusal("/me", session).await, (401, "session_ended".to_owned()));
    }

    async fn a_leavers_session_is_refused_after_the_next_sync(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
        let token = world.token(&people.worker.worker_number).await;
        let control = format!("/workers/{}", people.worker.worker_number);
        world.control(Method::PATCH, &control, &serde_json::json!({"WorkerStatus": "Terminated"})).await;
        world.sync(eloops_api::Directions::In).await;
        // The sync ended the session; a token of Microsoft's lives on and is refused by the status.
        assert_eq!(world.refusal("/me", &session).await, (401, "session_ended".to_owned()));
        assert_eq!(world.refusal("/me", &token).await, (403, "member_inactive".to_owned()));
    }
}

on_both! {
    async fn a_session_ends_when_hr_gives_the_account_to_its_owner(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let (wrong, owner) = (&people.worker, &people.peer);
        let session = sign_in(&world, wrong.object_id.as_deref().unwrap()).await;
        let nobody = "00000000-0000-0000-0000-000000000000";
        for (number, account) in [
            (&wrong.worker_number, nobody),
            (&owner.worker_number, wrong.object_id.as_deref().unwrap()),
        ] {
            let change = serde_json::json!({"ObjectId": account});
            world.control(Method::PATCH, &format!("/workers/{number}"), &change).await;
        }
        world.sync(eloops_api::Directions::In).await;
        // It shows nothing of the member it began with.
        let activity = format!("/workers/{}/activity", wrong.worker_number);
        for path in [activity.as_str(), "/me"] {
            assert_eq!(world.refusal(path, &session).await, (401, "session_ended".to_owned()));
        }
        let again = sign_in(&world, wrong.object_id.as_deref().unwrap()).await;
        assert_eq!(world.get("/me", &again).await["member"]["worker_number"], *owner.worker_number);
    }
}

#[tokio::test]
async fn an_administrator_who_is_no_member_signs_in_with_the_role() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let popup = Popup::open(&world, &Panel::new()).await;
    let mut search = popup.authorize.clone();
    search.query_pairs_mut().append_pair("search", "admin@");
    let page = world
        .http
        .get(search)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let oid = page
        .split("name=\"oid\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let oid = oid.unwrap_or_else(|| panic!("no administrator on {page}"));

    let session = sign_in(&world, oid).await;
    let me = world.get("/me", &session).await;
    assert_eq!(me["roles"], serde_json::json!(["Eloops.Admin"]), "{me}");
    assert_eq!(me.get("member"), None);
    let members = world.get("/members?limit=1", &session).await;
    assert_eq!(members["items"].as_array().unwrap().len(), 1);
    let people = People::of(&world).await;
    world
        .get(
            &format!("/workers/{}/activity", people.worker.worker_number),
            &session,
        )
        .await;
}

#[tokio::test]
async fn nothing_at_rest_reveals_a_session_or_a_token() {
    let world = World::synced(crate::support::db::Db::sqlite().await).await;
    let people = People::of(&world).await;
    let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
    let mut conn = world.db.store.read().await.unwrap();
    let row: (String, String) = sqlx::query_as("SELECT b.token_hash, s.tokens FROM sessions s JOIN session_bearers b ON b.session_id = s.id")
        .fetch_one(&mut *conn)
        .await
        .unwrap();
    assert!(!row.0.contains(&session) && !session.contains(&row.0));
    assert!(
        !row.1.contains("refresh_token"),
        "sealed, not plain: {}",
        row.1
    );
}

#[tokio::test]
async fn scripts_of_other_sites_cannot_claim() {
    let world = World::empty(crate::support::db::Db::sqlite().await).await;
    let panel = Panel::new();
    let claim = |header: Option<&'static str>, origin: &str| {
        let mut request = world
            .ask(Method::POST, "/auth/claim", "")
            .header("origin", origin.to_owned())
            .json(&serde_json::json!({"secret": panel.secret}));
        if let Some(value) = header {
            request = request.header("x-eloops-request", value);
        }
        async { request.send().await.unwrap() }
    };
    assert_eq!(claim(Some("1"), &world.url).await.status(), 200);
    assert_eq!(
        claim(Some("1"), "https://contoso.crm.dynamics.com")
            .await
            .status(),
        200
    );
    let without = refusal(claim(None, &world.url).await).await;
    assert_eq!(without, (403, "header_missing".to_owned()));
    let foreign = refusal(claim(Some("1"), "https://evil.example").await).await;
    assert_eq!(foreign, (403, "origin_not_allowed".to_owned()));
}
