//! Which routes there are.

use std::path::Path;

use reqwest::Method;
use serde_json::Value;

use super::policy::Kind;
use crate::support::world::World;

/// What stands for the variable parts of an address.
pub(super) struct Ids {
    pub(super) member: String,
    pub(super) number: String,
    pub(super) upload: String,
    pub(super) run: String,
}

/// Every method and address of the OpenAPI document, with real ids.
pub(super) async fn described(world: &World, ids: &Ids) -> Vec<(Method, String)> {
    let request = world.ask(Method::GET, "/api/v1/openapi.json", "");
    let document: Value = request.send().await.unwrap().json().await.unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let id = if path.contains("/uploads/{") {
            &ids.upload
        } else if path.contains("/sync-runs/{") {
            &ids.run
        } else {
            &ids.member
        };
        let address = path.replace("{number}", &ids.number).replace("{id}", id);
        assert!(
            !address.contains('{'),
            "{path} has a part this test does not know"
        );
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase().parse().unwrap();
            all.push((method, address.clone()));
        }
    }
    assert!(all.len() >= 18, "{all:?}");
    all
}

/// Every other address with its kind.
pub(super) fn beside() -> Vec<(String, Kind)> {
    let mut all: Vec<(String, Kind)> = in_the_source()
        .into_iter()
        .map(|path| {
            let kind = kind(&path);
            (path.replace("{*path}", "card.0123456789ab.js"), kind)
        })
        .collect();
    for path in [
        "/api/docs",
        "/api/docs/",
        "/api/docs/swagger-ui-bundle.js",
        "/api/docs/swagger-ui.css",
        "/api/docs/swagger-initializer.js",
    ] {
        all.push((path.to_owned(), Kind::Docs));
    }
    all.push(("/api/v1/openapi.json".to_owned(), Kind::Private));
    all.push(("/dashboard".to_owned(), Kind::Plain));
    all
}

fn kind(path: &str) -> Kind {
    match path {
        "/auth/callback" => Kind::Callback,
        "/frame" | "/healthz" | "/readyz" | "/metrics" => Kind::Plain,
        "/frame/settings.json" => Kind::Public,
        path if path.starts_with("/auth/") => Kind::SignIn,
        path if path.starts_with("/frame/") => Kind::Frame,
        other => panic!("a new route, {other}: say here of which kind it is"),
    }
}

/// What the source names in `.route("…")`, so that a route that is added is crawled too.
fn in_the_source() -> Vec<String> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/http");
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            // A formatted source may have the address on the next line.
            let routes = text.split(".route(").skip(1).map(str::trim_start);
            let literal = routes.filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
            found.extend(literal.map(ToOwned::to_owned));
        }
    }
    found.sort();
    for known in ["/auth/start", "/auth/claim", "/frame/{*path}", "/metrics"] {
        assert!(
            found.iter().any(|path| path == known),
            "{known} in {found:?}"
        );
    }
    found
}
