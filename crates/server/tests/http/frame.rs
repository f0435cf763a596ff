//! The frame page's files and headers.

use std::path::Path;

use reqwest::{Method, Response};

use crate::support::db::Db;
use crate::support::world::{World, refusal};

const ANCESTORS: &str = "http://127.0.0.1:7410 https://*.dynamics.com";

fn build(folder: &Path) {
    let assets = folder.join("assets");
    std::fs::create_dir_all(&assets).unwrap();
    std::fs::write(
        folder.join("index.html"),
        "<!doctype html><title>Eloops</title>",
    )
    .unwrap();
    std::fs::write(folder.join("index.html.br"), "not really brotli").unwrap();
    std::fs::write(assets.join("card.0123456789ab.wasm"), b"\0asm").unwrap();
    std::fs::write(assets.join("card.0123456789ab.wasm.gz"), "not really gzip").unwrap();
    std::fs::write(folder.join("secret.txt~"), "no").unwrap();
}

async fn get(world: &World, path: &str, encoding: &str) -> Response {
    let request = world
        .ask(Method::GET, path, "")
        .header("accept-encoding", encoding);
    request.send().await.unwrap()
}

#[tokio::test]
async fn files_come_with_their_types_codings_and_caching() {
    let folder = tempfile::tempdir().unwrap();
    build(folder.path());
    let dir = folder.path().display().to_string();
    let variables = [
        ("ELOOPS_FRAME_DIR", dir.as_str()),
        ("ELOOPS_FRAME_ANCESTORS", ANCESTORS),
    ];
    let world = World::with(Db::sqlite().await, &variables).await;

    let page = get(&world, "/frame/?worker=000014", "identity").await;
    assert_eq!(page.status(), 200);
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.headers()["cache-control"], "no-cache");
    assert_eq!(page.headers().get("x-frame-options"), None);
    assert_eq!(
        page.headers()["content-security-policy"],
        format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' blob:; connect-src 'self'; media-src 'self' blob:; base-uri 'none'; \
             form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
             frame-ancestors {ANCESTORS}"
        )
    );
    let tag = page.headers()["etag"].clone();
    assert!(page.text().await.unwrap().contains("Eloops"));
    let again = world
        .ask(Method::GET, "/frame/", "")
        .header("if-none-match", tag)
        .header("accept-encoding", "identity")
        .send()
        .await
        .unwrap();
    assert_eq!(again.status(), 304);

    let request = reqwest::Client::builder()
        .no_brotli()
        .no_gzip()
        .build()
        .unwrap();
    let raw = |path: &str| {
        let request = request
            .get(format!("{}{path}", world.url))
            .header("accept-encoding", "gzip, br");
        async { request.send().await.unwrap() }
    };
    assert_eq!(raw("/frame/").await.headers()["content-encoding"], "br");
    let module = raw("/frame/assets/card.0123456789ab.wasm").await;
    assert_eq!(module.headers()["content-encoding"], "gzip");
    assert_eq!(module.headers()["content-type"], "application/wasm");
    assert_eq!(
        module.headers()["cache-control"],
        "public, max-age=31536000, immutable"
    );

    let redirect = get(&world, "/frame?worker=000014", "identity").await;
    assert_eq!(redirect.headers()["location"], "/frame/?worker=000014");
    for path in [
        "/frame/nothing.js",
        "/frame/..%2fCargo.toml",
        "/frame/%2e%2e/x.js",
        "/frame/secret.txt~",
        "/frame/assets/",
        "/frame/index.html.br",
    ] {
        assert_eq!(get(&world, path, "identity").await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn the_frame_learns_its_audience_and_who_may_hand_it_a_token() {
    let variables = [
        (
            "ELOOPS_TOKEN_HOSTS",
            "https://contoso.crm.dynamics.com, http://127.0.0.1:7410",
        ),
        ("ELOOPS_AUDIENCE", "api://contoso,api://eloops"),
    ];
    let world = World::with(Db::sqlite().await, &variables).await;
    for path in [
        "/frame/settings.json",
        "/frame/settings.json?tenant=11111111-1111-1111-1111-111111111111",
    ] {
        let answer = get(&world, path, "identity").await;
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["cache-control"], "public, max-age=60");
        let settings: serde_json::Value = answer.json().await.unwrap();
        let expected = serde_json::json!({
            "audience": "api://contoso",
            "token_hosts": ["https://contoso.crm.dynamics.com", "http://127.0.0.1:7410"],
        });
        assert_eq!(settings, expected, "{path}");
    }
    let other = get(&world, "/frame/settings.json?tenant=contoso", "identity").await;
    assert_eq!(refusal(other).await, (404, "not_found".to_owned()));
}

#[tokio::test]
async fn nobody_may_hand_it_a_token_by_default() {
    let world = World::empty(Db::sqlite().await).await;
    let answer = get(&world, "/frame/settings.json", "identity").await;
    let settings: serde_json::Value = answer.json().await.unwrap();
    let expected = serde_json::json!({"audience": "api://eloops", "token_hosts": []});
    assert_eq!(settings, expected);
}

#[tokio::test]
async fn nobody_may_embed_it_by_default_and_a_missing_build_says_what_to_do() {
    let empty = tempfile::tempdir().unwrap();
    let dir = empty.path().display().to_string();
    let world = World::with(Db::sqlite().await, &[("ELOOPS_FRAME_DIR", &dir)]).await;
    let page = get(&world, "/frame/", "identity").await;
    assert_eq!(page.status(), 503);
    assert_eq!(page.headers()["x-frame-options"], "DENY");
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
    assert!(page.text().await.unwrap().contains("npm run build"));
}
