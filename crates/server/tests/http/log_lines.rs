//! Nobody writes lines into the log.

use eloops_server::logging::one_line;
use reqwest::Method;

use crate::logs::Lines;
use crate::support::browser::{Panel, Popup};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

/// What somebody writes into addresses, headers and names stays inside one line, in a file and on a terminal.
#[tokio::test]
async fn lines_cannot_be_forged() {
    for as_json in [true, false] {
        let lines = Lines::default();
        let writer = lines.clone();
        let logs = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
        // As eloops_server::logging has them.
        let guard = if as_json {
            let logs = logs.json().flatten_event(true).with_writer(writer);
            tracing::subscriber::set_default(logs.finish())
        } else {
            let logs = logs
                .compact()
                .with_ansi(false)
                .fmt_fields(one_line())
                .with_writer(writer);
            tracing::subscriber::set_default(logs.finish())
        };
        forge(&World::empty(Db::sqlite().await).await).await;
        drop(guard);
        let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(log.contains("access_denied"), "Microsoft's error is logged");
        for line in log.lines() {
            assert!(!line.trim_start().starts_with("FORGED"), "{line}");
            assert!(!line.contains('\u{1b}'), "a terminal would obey: {line:?}");
            if as_json {
                let line: Result<serde_json::Value, _> = serde_json::from_str(line);
                assert!(line.is_ok_and(|line| line.get("forged").is_none()));
            }
        }
    }
}

/// Sends line breaks and commands for terminals wherever a request can carry them.
async fn forge(world: &World) {
    let breaks = "%0D%0AFORGED%20%1B%5B31m%22%2C%22forged%22%3A1";
    let worker = serde_json::json!({
        "FirstName": "A\nFORGED", "LastName": "B\r\nFORGED \u{1b}[31m", "PersonnelNumber": "N\nFORGED",
        "PrimaryContactEmail": "a@contoso.com\nFORGED",
    });
    world.control(Method::POST, "/workers", &worker).await;
    world.sync(eloops_api::Directions::In).await;
    let people = People::of(world).await;
    let token = world.admin_token(&people.worker.worker_number).await;
    for path in [
        format!("/{breaks}"),
        format!("/frame/{breaks}"),
        format!("/api/v1/members/{breaks}"),
        format!("/api/v1/members?q={breaks}&limit={breaks}"),
        format!("/api/v1/members?cursor={breaks}"),
        format!("/api/v1/talent/workers/{breaks}"),
        format!("/auth/start?challenge={breaks}&tenant={breaks}"),
        format!("/auth/front-channel-logout?iss={breaks}&sid={breaks}"),
    ] {
        let request = world.ask(Method::GET, &path, &token);
        let request = request
            .header("x-request-id", "FORGED\tid")
            .header("user-agent", "\tFORGED")
            .header("x-forwarded-for", "FORGED");
        request.send().await.unwrap();
    }
    let panel = Panel::new();
    let popup = Popup::open(world, &panel).await;
    let state = popup
        .authorize
        .query_pairs()
        .find(|(name, _)| name == "state");
    let state = state.unwrap().1.into_owned();
    let callback = format!("/auth/callback?state={state}&error=access_denied{breaks}");
    popup.visit(world, &callback).await;
}
