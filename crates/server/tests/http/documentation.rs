//! The OpenAPI document describes what is there.

use reqwest::Method;
use serde_json::Value;

use crate::support::db::Db;
use crate::support::world::World;

#[tokio::test]
async fn every_endpoint_is_described_and_there() {
    let world = World::empty(Db::sqlite().await).await;
    let answer = world
        .ask(Method::GET, "/api/v1/openapi.json", "")
        .send()
        .await
        .unwrap();
    let document: Value = answer.json().await.unwrap();
    assert!(
        document["openapi"].as_str().unwrap().starts_with("3.1"),
        "{}",
        document["openapi"]
    );
    let mut described: Vec<String> = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            described.push(format!("{} {path}", method.to_uppercase()));
            assert!(
                operation["summary"].is_string(),
                "{method} {path} has a summary"
            );
            assert!(
                operation["responses"]["401"].is_object(),
                "{method} {path} says 401"
            );
            // There, and refusing strangers.
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let address = path.replace(['{', '}'], "");
            let answer = world
                .ask(method.clone(), &address, "")
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 401, "{method} {path}");
        }
    }
    described.sort();
    let expected = [
        "DELETE /api/v1/me/sessions",
        "DELETE /api/v1/me/sessions/{id}",
        "DELETE /api/v1/members/{id}/sessions",
        "DELETE /api/v1/uploads/{id}",
        "GET /api/v1/me",
        "GET /api/v1/me/sessions",
        "GET /api/v1/me/team",
        "GET /api/v1/me/views",
        "GET /api/v1/me/visibility",
        "GET /api/v1/members",
        "GET /api/v1/members/{id}",
        "GET /api/v1/members/{id}/coin-transactions",
        "GET /api/v1/members/{id}/uploads",
        "GET /api/v1/talent/sync-runs",
        "GET /api/v1/talent/sync-runs/{id}",
        "GET /api/v1/talent/sync-runs/{id}/changes",
        "GET /api/v1/talent/workers/{number}",
        "GET /api/v1/talent/workers/{number}/photo",
        "GET /api/v1/uploads/{id}/content",
        "GET /api/v1/uploads/{id}/thumbnail",
        "GET /api/v1/workers/{number}/activity",
        "POST /api/v1/me/uploads",
        "POST /api/v1/members/{id}/coin-transactions",
        "POST /api/v1/talent/sync-runs",
        "PUT /api/v1/me/visibility",
    ];
    assert_eq!(described, expected);
    assert!(document["components"]["schemas"]["Activity"].is_object());
    assert!(document["components"]["securitySchemes"]["bearer"].is_object());
}

#[tokio::test]
async fn the_page_brings_everything_itself() {
    let world = World::empty(Db::sqlite().await).await;
    let get = |path: &'static str| {
        let request = world.ask(Method::GET, path, "");
        async { request.send().await.unwrap() }
    };
    assert_eq!(get("/api/docs").await.headers()["location"], "/api/docs/");
    let page = get("/api/docs/").await;
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    assert!(
        !page.contains("https://") && !page.contains("//cdn"),
        "{page}"
    );
    assert_eq!(get("/api/docs/swagger-ui-bundle.js").await.status(), 200);
    let start = get("/api/docs/swagger-initializer.js")
        .await
        .text()
        .await
        .unwrap();
    assert!(start.contains("/api/v1/openapi.json"), "{start}");
}
