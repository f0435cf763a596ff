//! What scripts and forms of other sites can do: read only where their origin is named, change nothing.

use reqwest::{Method, Response};

use crate::support::browser::{Panel, sign_in};
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::{World, refusal};

const NAMED: &str = "https://contoso.crm.dynamics.com";

/// Origins that look like the named one, or like none.
const STRANGERS: [&str; 14] = [
    "null",
    "",
    "https://evil.example",
    "http://contoso.crm.dynamics.com",
    "https://contoso.crm.dynamics.com.evil.example",
    "https://evilcontoso.crm.dynamics.com",
    "https://evil.contoso.crm.dynamics.com",
    "https://contoso.crm.dynamics.com:8443",
    "https://contoso.crm.dynamics.com/",
    "https://contoso.crm.dynamics.com@evil.example",
    "https://CONTOSO.crm.dynamics.com",
    "https://contoso.crm.dynamics.com, https://evil.example",
    "https://contoso.crm.dynamics.co",
    "file://",
];

async fn preflight(world: &World, path: &str, origin: &str) -> Response {
    world
        .ask(Method::OPTIONS, path, "")
        .header("origin", origin)
        .header("access-control-request-method", "GET")
        .header("access-control-request-headers", "authorization")
        .send()
        .await
        .unwrap()
}

fn allowed(answer: &Response, name: &str) -> Vec<String> {
    let value = answer.headers()[name].to_str().unwrap();
    value.split(", ").map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn a_named_origin_may_send_and_read_what_the_card_needs() {
    let world = World::empty(Db::sqlite().await).await;
    for path in ["/api/v1/me", "/auth/claim", "/frame/settings.json"] {
        let answer = preflight(&world, path, NAMED).await;
        assert_eq!(answer.status(), 204, "{path}");
        let send = allowed(&answer, "access-control-allow-headers");
        for name in [
            "authorization",
            "content-type",
            "if-none-match",
            "idempotency-key",
            "x-eloops-request",
        ] {
            assert!(send.iter().any(|one| one == name), "{name} in {send:?}");
        }
        let read = world.ask(Method::GET, path, "").header("origin", NAMED);
        let read = read.send().await.unwrap();
        let exposed = allowed(&read, "access-control-expose-headers");
        for name in ["etag", "retry-after", "www-authenticate", "x-request-id"] {
            assert!(
                exposed.iter().any(|one| one == name),
                "{name} in {exposed:?}"
            );
        }
        for answer in [&answer, &read] {
            assert_eq!(answer.headers()["access-control-allow-origin"], NAMED);
            assert!(
                !answer
                    .headers()
                    .contains_key("access-control-allow-credentials")
            );
            let vary: Vec<_> = answer.headers().get_all("vary").iter().collect();
            assert!(vary.iter().any(|value| *value == "origin"), "{vary:?}");
        }
    }
}

#[tokio::test]
async fn nobody_else_gets_a_word() {
    let world = World::empty(Db::sqlite().await).await;
    for origin in STRANGERS {
        for path in [
            "/api/v1/me",
            "/auth/claim",
            "/frame/settings.json",
            "/healthz",
            "/api/docs/",
        ] {
            let simple = world.ask(Method::GET, path, "").header("origin", origin);
            for answer in [
                preflight(&world, path, origin).await,
                simple.send().await.unwrap(),
            ] {
                let told: Vec<_> = answer
                    .headers()
                    .keys()
                    .filter(|name| name.as_str().starts_with("access-control-"))
                    .collect();
                assert!(told.is_empty(), "{origin:?} at {path}: {told:?}");
            }
        }
    }
    // The named one is no help outside of what scripts may call.
    let health = preflight(&world, "/healthz", NAMED).await;
    assert!(!health.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn what_changes_something_needs_our_own_script() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let session = sign_in(&world, people.worker.object_id.as_deref().unwrap()).await;
    let body = serde_json::json!({"secret": Panel::new().secret});
    for path in ["/auth/claim", "/auth/refresh"] {
        let ask = || world.ask(Method::POST, path, &session).json(&body);
        let bare = ask().send().await.unwrap();
        assert_eq!(
            refusal(bare).await,
            (403, "header_missing".to_owned()),
            "{path}"
        );
        for origin in STRANGERS {
            let strange = ask()
                .header("x-eloops-request", "1")
                .header("origin", origin);
            let answer = strange.send().await.unwrap();
            assert_eq!(
                refusal(answer).await,
                (403, "origin_not_allowed".to_owned()),
                "{path} from {origin:?}"
            );
        }
    }
    let me = world.ask(Method::GET, "/api/v1/me", &session);
    assert_eq!(me.send().await.unwrap().status(), 200, "the session lives");
    // Without a bearer a form of another site, with whatever cookies, signs nobody out.
    let form = world
        .ask(Method::POST, "/auth/sign-out", "")
        .header("origin", "https://evil.example")
        .header("cookie", format!("session={session}"));
    assert_eq!(form.send().await.unwrap().status(), 401);
}
