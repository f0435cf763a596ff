//! A server and a sandbox, both listening, for one test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use eloops_api::{Directions, RunState, Trigger};
use eloops_server::clock::SharedClock;
use eloops_server::config::{self, Config, Layers};
use eloops_server::destination::Private;
use eloops_server::http::{App, Limits, NetworkParts, router, serve_connections};
use eloops_server::http_client;
use eloops_server::sync::{Engine, Request};
use eloops_server::talent_client::{Http, TalentClient};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use talent_sandbox::{CompanySource, Options, Running};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::db::Db;

/// Both sides, running. They stop when this is dropped.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) sandbox: Running,
    /// `http://localhost:PORT`.
    pub(crate) url: String,
    /// Follows no redirects and keeps no cookies.
    pub(crate) http: reqwest::Client,
    engine: Engine,
    server: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl World {
    /// With the members of one inbound sync.
    pub(crate) async fn synced(db: Db) -> Self {
        let world = Self::empty(db).await;
        world.sync(Directions::In).await;
        world
    }

    /// Before the first sync.
    pub(crate) async fn empty(db: Db) -> Self {
        Self::with(db, &[]).await
    }

    /// With some variables of the server set.
    pub(crate) async fn with(db: Db, variables: &[(&str, &str)]) -> Self {
        Self::limited(db, variables, Limits::default()).await
    }

    /// The same, with connections of other limits.
    pub(crate) async fn limited(db: Db, variables: &[(&str, &str)], limits: Limits) -> Self {
        // The test's clock stands, but at the present: the sandbox's tokens are of now.
        let behind =
            jiff::Timestamp::now().duration_since(eloops_server::clock::Clock::now(&*db.clock));
        db.clock.advance(behind.unsigned_abs());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let sandbox = talent_sandbox::start(Options {
            company: CompanySource::MadeUp(60),
            eloops_url: url.parse().unwrap(),
            ..Options::default()
        })
        .await
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let config = config(&url, sandbox.url(), folder.path(), variables);
        let http = http_client::build(Private::Refused).unwrap();
        let clock: SharedClock = db.clock.clone();
        let network = config.networks[0].clone();
        let transport = Arc::new(Http::new(http.clone()));
        let talent = Arc::new(TalentClient::new(&network, transport, clock.clone()));
        let engine = Engine::new(
            db.store.clone(),
            clock.clone(),
            db.network_id.clone(),
            network.clone(),
            talent.clone(),
        );
        let parts = NetworkParts {
            id: db.network_id.clone(),
            config: network,
            talent,
            engine: engine.clone(),
        };
        let app = App::new(&config, db.store.clone(), clock, &http, vec![parts]).unwrap();
        let server = tokio::spawn(async move {
            let router = router(app, limits.body);
            serve_connections(router, listener, limits, std::future::pending()).await;
        });
        Self {
            db,
            sandbox,
            url,
            http,
            engine,
            server,
            _folder: folder,
        }
    }

    /// One run each way asked for; all have to end well.
    pub(crate) async fn sync(&self, directions: Directions) {
        let request = Request {
            directions,
            dry_run: false,
            worker: None,
            trigger: Trigger::Command,
        };
        for run in self.engine.run(request, &()).await.unwrap() {
            assert_eq!(run.state, RunState::Done, "{run:?}");
        }
    }

    /// A request to our server, with a bearer unless it is empty.
    pub(crate) fn ask(&self, method: Method, path: &str, bearer: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        if bearer.is_empty() {
            request
        } else {
            request.bearer_auth(bearer)
        }
    }

    /// A GET of the API as JSON, which has to succeed.
    pub(crate) async fn get(&self, path: &str, bearer: &str) -> Value {
        let answer = self
            .ask(Method::GET, &format!("/api/v1{path}"), bearer)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let body = answer.text().await.unwrap();
        assert_eq!(status, 200, "GET {path}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Status and problem code of a GET of the API.
    pub(crate) async fn refusal(&self, path: &str, bearer: &str) -> (u16, String) {
        let answer = self
            .ask(Method::GET, &format!("/api/v1{path}"), bearer)
            .send()
            .await
            .unwrap();
        refusal(answer).await
    }

    /// A token from the sandbox's forge; `changes` are members of its body.
    pub(crate) async fn forge(&self, changes: Value) -> String {
        let mut body = json!({"audience": "api://eloops", "scopes": ["access_as_user"]});
        body.as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        let answer: Value = self.control(Method::POST, "/tokens", &body).await;
        answer["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("no token: {answer}"))
            .to_owned()
    }

    /// A worker's own access token for our API.
    pub(crate) async fn token(&self, worker: &str) -> String {
        self.forge(json!({"worker": worker})).await
    }

    /// The same with the administrators' role.
    pub(crate) async fn admin_token(&self, worker: &str) -> String {
        self.forge(json!({"worker": worker, "roles": ["Eloops.Admin"]}))
            .await
    }

    /// One of the sandbox's controls.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Value {
        let address = format!("{}/sandbox{path}", self.sandbox.url());
        let answer = self
            .http
            .request(method, address)
            .json(body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }
}

/// Status and code of an answer that has to be problem details with a request id.
pub(crate) async fn refusal(answer: reqwest::Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let content_type = answer.headers().get("content-type").cloned();
    let id = answer.headers()["x-request-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let body = answer.text().await.unwrap();
    assert_eq!(
        content_type.unwrap(),
        "application/problem+json",
        "{status} {body}"
    );
    let problem: eloops_api::Problem = serde_json::from_str(&body).unwrap();
    assert_eq!(problem.status, status);
    assert_eq!(problem.request_id.as_deref(), Some(&*id));
    (status, problem.code)
}

fn config(url: &str, sandbox: &str, folder: &Path, variables: &[(&str, &str)]) -> Config {
    let mut all: BTreeMap<String, String> = [
        ("ELOOPS_PUBLIC_URL", url),
        ("ELOOPS_TENANT", "11111111-1111-1111-1111-111111111111"),
        ("ELOOPS_AUTHORITY", sandbox),
        ("ELOOPS_CLIENT_ID", "eloops-server"),
        ("ELOOPS_CLIENT_SECRET", "sandbox-secret"),
        ("ELOOPS_TALENT_URL", sandbox),
        ("ELOOPS_API_ORIGINS", "https://contoso.crm.dynamics.com"),
        // The test's clock stands, so what was spent would never come back.
        ("ELOOPS_RATE_LIMIT", "off"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let media = format!("file://{}", folder.join("media").display());
    all.insert("ELOOPS_MEDIA_URL".to_owned(), media);
    for (name, value) in variables {
        all.insert((*name).to_owned(), (*value).to_owned());
    }
    config::load(Layers {
        variables: all,
        ..Layers::default()
    })
    .unwrap()
}
