//! The log of a whole day's work holds no token, name, e-mail or address with parameters.

use std::io::Write;
use std::sync::{Arc, Mutex};

use image::ImageFormat;
use reqwest::Method;
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::support::browser::{Panel, Popup, sign_in, to_confirmation};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::pictures::{form, picture};
use crate::support::world::World;

#[derive(Clone, Default)]
pub(crate) struct Lines(pub(crate) Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Listens until the guard is dropped. One thread runs the test, the server and the sandbox, so this covers all of them.
fn listen(lines: &Lines) -> tracing::subscriber::DefaultGuard {
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(lines.clone())
        .finish();
    tracing::subscriber::set_default(subscriber)
}

#[tokio::test]
async fn the_log_holds_ids_and_counts_only() {
    let lines = Lines::default();
    let guard = listen(&lines);

    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let oid = people.worker.object_id.clone().unwrap();
    let number = &people.worker.worker_number;
    let session = sign_in(&world, &oid).await;
    let token = world.token(number).await;
    let forged = world
        .forge(serde_json::json!({"worker": number, "lifetime_s": -10}))
        .await;
    let panel = Panel::new();
    let popup = Popup::open(&world, &panel).await;
    let callback = popup.choose(&world, &oid).await;
    popup.visit(&world, &callback).await;
    for bearer in [&session, &token, &forged] {
        for path in [
            "/me",
            "/me/team",
            &format!("/talent/workers/{number}"),
            "/members?q=secretsearch",
        ] {
            world
                .ask(Method::GET, &format!("/api/v1{path}"), bearer)
                .send()
                .await
                .unwrap();
        }
    }
    let upload = form(picture(ImageFormat::Jpeg)).text("caption", "captioncanary");
    world
        .ask(Method::POST, "/api/v1/me/uploads", &token)
        .multipart(upload)
        .send()
        .await
        .unwrap();
    world
        .ask(Method::POST, "/auth/sign-out", &session)
        .send()
        .await
        .unwrap();
    drop(guard);

    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    // The sandbox logs in the same process; ours are the lines of our crate.
    let ours: String = log
        .lines()
        .filter(|line| line.contains("\"target\":\"eloops"))
        .collect();
    assert!(
        ours.contains("/api/v1/talent/workers/{number}"),
        "templates are logged: {ours}"
    );
    assert!(
        ours.contains(&people.worker.id),
        "the member's id is logged"
    );
    let code = callback
        .split("code=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    let email = people.worker.email.clone().unwrap();
    let signature = |token: &str| token.rsplit('.').next().unwrap().to_owned();
    for (what, secret) in [
        ("session", session.clone()),
        ("token", signature(&token)),
        ("forged token", signature(&forged)),
        ("code", code.to_owned()),
        ("cookie", popup.cookie.split_once('=').unwrap().1.to_owned()),
        ("pairing secret", panel.secret.clone()),
        ("client secret", "sandbox-secret".to_owned()),
        ("e-mail", email),
        ("name", people.worker.name.clone()),
        ("search", "secretsearch".to_owned()),
        ("caption", "captioncanary".to_owned()),
    ] {
        assert!(!ours.contains(&secret), "the {what} stands in the log");
    }
}

#[tokio::test]
async fn each_end_of_sessions_is_a_line_with_who_and_how_many() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let oid = people.worker.object_id.as_deref().unwrap();
    let admin = world.admin_token(&people.stranger.worker_number).await;
    let session = sign_in(&world, oid).await;
    let items = world.get("/me/sessions", &session).await["items"].clone();
    let id = items[0]["id"].as_str().unwrap().to_owned();
    let token = world.token(&people.worker.worker_number).await;
    let of_member = format!("/members/{}/sessions", people.worker.id);
    let lines = Lines::default();
    let _guard = listen(&lines);

    for (path, bearer, begun, sign_ins) in [
        (format!("/me/sessions/{id}"), &token, 0, 0),
        ("/me/sessions".to_owned(), &token, 2, 1),
        (of_member.clone(), &admin, 1, 0),
        (of_member, &admin, 0, 0),
    ] {
        for _ in 0..begun {
            sign_in(&world, oid).await;
        }
        for _ in 0..sign_ins {
            to_confirmation(&world, oid).await;
        }
        let path = format!("/api/v1{path}");
        let answer = world.ask(Method::DELETE, &path, bearer).send().await;
        assert_eq!(answer.unwrap().status(), 204, "{path}");
    }

    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let found: Vec<Value> = log
        .lines()
        .filter(|line| line.contains("\"target\":\"eloops_server::http::api::sessions"))
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["fields"].clone())
        .collect();
    let network = &world.db.network_id;
    let (own, by) = (&people.worker.id, &people.stranger.id);
    let of_member = "all sessions of a member were ended by an administrator";
    assert_eq!(
        found,
        [
            json!({"message": "a session was ended by its owner", "network": network, "by": own, "session": id, "sessions": 1}),
            json!({"message": "all sessions were ended by their owner", "network": network, "by": own, "sessions": 2, "sign_ins": 1}),
            json!({"message": of_member, "network": network, "by": by, "member": own, "sessions": 1, "sign_ins": 0}),
            json!({"message": of_member, "network": network, "by": by, "member": own, "sessions": 0, "sign_ins": 0}),
        ]
    );
}

#[tokio::test]
async fn every_sign_in_and_refusal_is_a_line() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let number = &people.worker.worker_number;
    let lines = Lines::default();
    let _guard = listen(&lines);
    let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
    let ended = world.ask(Method::POST, "/auth/sign-out", &session).send();
    assert_eq!(ended.await.unwrap().status(), 200);
    let forged = world.forge(json!({"worker": number, "claims": {"aud": "api://other"}}));
    assert_eq!(world.refusal("/me", &forged.await).await.0, 401);

    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let mut found: Vec<Value> = log
        .lines()
        .filter(|line| line.contains("a session ") || line.contains("a bearer "))
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["fields"].clone())
        .collect();
    for line in &mut found {
        // Which session it was stands in both lines and is new each time.
        if let Some(id) = line.as_object_mut().unwrap().remove("session") {
            assert_eq!(id.as_str().map(str::len), Some(36), "{id}");
        }
    }
    let (network, by) = (&world.db.network_id, &people.worker.id);
    assert_eq!(
        found,
        [
            json!({"message": "a session began", "network": network, "by": by}),
            json!({"message": "a session was signed out", "network": network, "by": by}),
            json!({"message": "a bearer was refused", "refusal": "the token is meant for somebody else"}),
        ]
    );
}
