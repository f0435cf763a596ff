//! Errors, headers, ids, and who may call from where.

use reqwest::Method;

use crate::support::db::Db;
use crate::support::people::People;
use crate::support::pictures::{form, picture};
use crate::support::world::{World, refusal};

#[tokio::test]
async fn every_refusal_is_problem_details() {
    let world = World::synced(Db::sqlite().await).await;
    let people = People::of(&world).await;
    let admin = world.admin_token(&people.worker.worker_number).await;
    let award = format!("/api/v1/members/{}/coin-transactions", people.worker.id);
    let post = |path: &str| world.ask(Method::POST, path, &admin);
    let long = format!(r#"{{"amount":1,"reason":"{}"}}"#, "x".repeat(70_000));
    let json = ("content-type", "application/json");
    for (request, expected) in [
        (
            world.ask(Method::GET, "/api/v1/nothing", &admin),
            (404, "not_found"),
        ),
        (world.ask(Method::GET, "/nothing", ""), (404, "not_found")),
        (
            world.ask(Method::PATCH, "/api/v1/me", &admin),
            (405, "method_not_allowed"),
        ),
        (
            world.ask(Method::GET, "/auth/claim", ""),
            (405, "method_not_allowed"),
        ),
        (post(&award).body("x"), (415, "unsupported_media_type")),
        (
            post(&award).header(json.0, json.1).body("{"),
            (400, "malformed_json"),
        ),
        (
            post(&award).header(json.0, json.1).body("[]"),
            (422, "invalid_request"),
        ),
        (
            post(&award).header(json.0, json.1).body(long),
            (413, "too_large"),
        ),
        (
            world.ask(Method::GET, "/api/v1/me", ""),
            (401, "unauthenticated"),
        ),
    ] {
        let answer = request.send().await.unwrap();
        let address = answer.url().path().to_owned();
        let (status, code) = refusal(answer).await;
        assert_eq!((status, code.as_str()), expected, "{address}");
    }
}

on_both! {
    /// PostgreSQL's texts hold no NUL; nobody gets an internal error for sending one.
    async fn nul_characters_are_refused_or_dropped(db) {
        let world = World::synced(db).await;
        let people = People::of(&world).await;
        let admin = world.admin_token(&people.worker.worker_number).await;
        let id = &people.worker.id;
        for path in [
            "/workers/%00/activity",
            "/talent/workers/%00",
            "/members/%00",
            "/members/%00/uploads",
            "/uploads/%00/content",
            "/talent/sync-runs/%00",
        ] {
            assert_eq!(world.refusal(path, &admin).await, (404, "not_found".to_owned()), "{path}");
        }
        let searched = world.refusal("/members?q=a%00b", &admin).await;
        assert_eq!(searched, (400, "invalid_request".to_owned()));
        let award = world
            .ask(Method::POST, &format!("/api/v1/members/{id}/coin-transactions"), &admin)
            .json(&serde_json::json!({"amount": 5, "reason": "Well\0 done"}));
        let line: serde_json::Value = award.send().await.unwrap().json().await.unwrap();
        assert_eq!(line["reason"], "Well done");
        let picture = picture(image::ImageFormat::Png);
        let upload = world
            .ask(Method::POST, "/api/v1/me/uploads", &admin)
            .multipart(form(picture).text("caption", "By\0 the lake"));
        let upload: serde_json::Value = upload.send().await.unwrap().json().await.unwrap();
        assert_eq!(upload["caption"], "By the lake");
    }
}

#[tokio::test]
async fn a_plain_request_id_is_kept_and_others_are_replaced() {
    let world = World::empty(Db::sqlite().await).await;
    for (given, kept) in [
        ("5e1f9a52-1c1c-4f4f-9d2d-3b7c0f0a1a11", true),
        ("trace-12345678", true),
        ("short", false),
        ("with space in it", false),
        ("<script>alert(1)</script>", false),
    ] {
        let answer = world
            .ask(Method::GET, "/healthz", "")
            .header("x-request-id", given);
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.headers()["x-request-id"] == given, kept, "{given}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let world = World::empty(Db::sqlite().await).await;
    for path in [
        "/healthz",
        "/readyz",
        "/metrics",
        "/api/v1/me",
        "/api/v1/openapi.json",
        "/api/docs/",
        "/auth/start",
        "/auth/callback",
        "/auth/confirm",
        "/nothing",
    ] {
        let answer = world.ask(Method::GET, path, "").send().await.unwrap();
        let header = |name: &str| {
            let value = answer.headers().get(name);
            value
                .unwrap_or_else(|| panic!("{name} on {path}"))
                .to_str()
                .unwrap()
                .to_owned()
        };
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        // Under `no-referrer` the confirmation's form would not tell its origin.
        let form = ["/auth/start", "/auth/confirm"].contains(&path);
        let expected = if form { "same-origin" } else { "no-referrer" };
        assert_eq!(header("referrer-policy"), expected, "{path}");
        assert_eq!(header("x-frame-options"), "DENY");
        if path.starts_with("/api/") || path.starts_with("/auth/") {
            assert_eq!(header("cache-control"), "no-store", "{path}");
        }
    }
}

#[tokio::test]
async fn only_configured_origins_may_call_from_a_script() {
    let world = World::empty(Db::sqlite().await).await;
    let preflight = |origin: &'static str| {
        let request = world
            .ask(Method::OPTIONS, "/api/v1/me", "")
            .header("origin", origin)
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "authorization");
        async { request.send().await.unwrap() }
    };
    let allowed = preflight("https://contoso.crm.dynamics.com").await;
    assert_eq!(allowed.status(), 204);
    let headers = allowed.headers();
    assert_eq!(
        headers["access-control-allow-origin"],
        "https://contoso.crm.dynamics.com"
    );
    assert!(
        headers["access-control-allow-headers"]
            .to_str()
            .unwrap()
            .contains("authorization")
    );
    assert_eq!(headers.get("access-control-allow-credentials"), None);
    for origin in [
        "https://evil.example",
        "https://contoso.crm.dynamics.com.evil.example",
        "null",
    ] {
        let refused = preflight(origin).await;
        assert_eq!(
            refused.headers().get("access-control-allow-origin"),
            None,
            "{origin}"
        );
    }
}

#[tokio::test]
async fn health_and_measurements() {
    let world = World::empty(Db::sqlite().await).await;
    for (path, expected) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let answer = world.ask(Method::GET, path, "").send().await.unwrap();
        assert_eq!(
            (
                answer.status().as_u16(),
                answer.text().await.unwrap().as_str()
            ),
            (200, expected)
        );
    }
    for made_up in ["MADEUP", "AND-ANOTHER"] {
        let method = Method::from_bytes(made_up.as_bytes()).unwrap();
        let answer = world.ask(method, "/healthz", "").send().await.unwrap();
        assert_eq!(answer.status(), 405);
    }
    let metrics = world
        .ask(Method::GET, "/metrics", "")
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(metrics.contains("eloops_http_requests_total"), "{metrics}");
    assert!(metrics.contains("route=\"/healthz\""), "{metrics}");
    assert!(
        metrics.contains("method=\"other\"") && !metrics.contains("MADEUP"),
        "callers cannot make measurements: {metrics}"
    );
    world.db.store.close().await;
    let answer = world.ask(Method::GET, "/readyz", "").send().await.unwrap();
    assert_eq!(refusal(answer).await, (503, "not_ready".to_owned()));
}
