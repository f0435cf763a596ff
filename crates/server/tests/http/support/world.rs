//! A server and a sandbox, both listening, for one test.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use eloops_api::{Directions, RunState, Trigger};
use eloops_server::clock::SharedClock;
use eloops_server::config::{self, Config, Layers, Network};
use eloops_server::destination::Private;
use eloops_server::http::{App, Limits, NetworkParts, router, serve_connections};
use eloops_server::http_client;
use eloops_server::store::networks;
use eloops_server::sync::{Engine, Request};
use eloops_server::talent_client::{Http, TalentClient, Transport};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use talent_sandbox::{CompanySource, Options, Running};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::db::Db;
use super::recorder::Recorder;

/// Another customer on the same server: a tenant, a Talent and a company of their own.
pub(crate) struct Other {
    pub(crate) network_id: String,
    sandbox: Running,
    engine: Engine,
}

/// Both sides, running. They stop when this is dropped.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) sandbox: Running,
    /// `http://localhost:PORT`.
    pub(crate) url: String,
    /// Follows no redirects and keeps no cookies.
    pub(crate) http: reqwest::Client,
    /// The second network, where the test wants one.
    pub(crate) other: Option<Other>,
    /// What the server sent to Microsoft's side.
    pub(crate) recorder: Arc<Recorder>,
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
        Self::start(db, variables, limits, false).await
    }

    /// With a second network, and the members of one inbound sync in each.
    pub(crate) async fn with_another_network(db: Db) -> Self {
        let world = Self::start(db, &[], Limits::default(), true).await;
        world.sync(Directions::In).await;
        run(&world.other().engine, Directions::In).await;
        world
    }

    async fn start(db: Db, variables: &[(&str, &str)], limits: Limits, with_other: bool) -> Self {
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
        let mut config = config(&url, sandbox.url(), folder.path(), variables);
        let http = http_client::build(Private::Refused).unwrap();
        let clock: SharedClock = db.clock.clone();
        let recorder = Recorder::over(Http::new(http.clone()));
        let parts = parts(
            &db,
            recorder.clone(),
            db.network_id.clone(),
            config.networks[0].clone(),
        );
        let engine = parts.engine.clone();
        let mut networks = vec![parts];
        let mut other = None;
        if with_other {
            let parts = other_network(&db, &http, &url, folder.path()).await;
            config.networks.push(parts.1.config.clone());
            other = Some(Other {
                network_id: parts.1.id.clone(),
                sandbox: parts.0,
                engine: parts.1.engine.clone(),
            });
            networks.push(parts.1);
        }
        let app = App::new(&config, db.store.clone(), clock, &http, networks).unwrap();
        let server = tokio::spawn(async move {
            let router = router(app, limits.body);
            serve_connections(router, listener, limits, std::future::pending()).await;
        });
        Self {
            db,
            sandbox,
            url,
            http,
            other,
            recorder,
            engine,
            server,
            _folder: folder,
        }
    }

    /// One run each way asked for; all have to end well.
    pub(crate) async fn sync(&self, directions: Directions) {
        run(&self.engine, directions).await;
    }

    /// The second network.
    pub(crate) fn other(&self) -> &Other {
        self.other.as_ref().expect("a world with another network")
    }

    /// One run that has to fail; what it says.
    pub(crate) async fn failing_sync(&self, directions: Directions) -> String {
        let request = Request {
            directions,
            dry_run: false,
            worker: None,
            trigger: Trigger::Command,
        };
        let runs = self.engine.run(request, &()).await.unwrap();
        assert_eq!(runs[0].state, RunState::Failed, "{runs:?}");
        runs[0].error.clone().unwrap()
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
        self.forge_at(self.sandbox.url(), changes).await
    }

    /// The same of the second network's tenant.
    pub(crate) async fn forge_other(&self, changes: Value) -> String {
        self.forge_at(self.other().sandbox.url(), changes).await
    }

    async fn forge_at(&self, sandbox: &str, changes: Value) -> String {
        let mut body = json!({"audience": "api://eloops", "scopes": ["access_as_user"]});
        body.as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        let answer = self
            .control_at(sandbox, Method::POST, "/tokens", &body)
            .await;
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
        self.control_at(self.sandbox.url(), method, path, body)
            .await
    }

    async fn control_at(&self, at: &str, method: Method, path: &str, body: &Value) -> Value {
        let address = format!("{at}/sandbox{path}");
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

async fn run(engine: &Engine, directions: Directions) {
    let request = Request {
        directions,
        dry_run: false,
        worker: None,
        trigger: Trigger::Command,
    };
    for run in engine.run(request, &()).await.unwrap() {
        assert_eq!(run.state, RunState::Done, "{run:?}");
    }
}

/// The second customer's side, with another company and another tenant.
async fn other_network(
    db: &Db,
    http: &reqwest::Client,
    url: &str,
    folder: &Path,
) -> (Running, NetworkParts) {
    let tenant = "22222222-2222-2222-2222-222222222222";
    let sandbox = talent_sandbox::start(Options {
        company: CompanySource::MadeUp(80),
        seed: 2,
        tenant: tenant.to_owned(),
        eloops_url: url.parse().unwrap(),
        ..Options::default()
    })
    .await
    .unwrap();
    let mut tx = db.store.write().await.unwrap();
    let now = eloops_server::clock::Clock::now(&*db.clock);
    let id = networks::ensure(&mut tx, tenant, "Other", now)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let config = config(url, sandbox.url(), folder, &[("ELOOPS_TENANT", tenant)]);
    let network = config.networks[0].clone();
    let transport = Arc::new(Http::new(http.clone()));
    (sandbox, parts(db, transport, id, network))
}

fn parts(db: &Db, transport: Arc<dyn Transport>, id: String, network: Network) -> NetworkParts {
    let clock: SharedClock = db.clock.clone();
    let talent = Arc::new(TalentClient::new(&network, transport, clock.clone()));
    let engine = Engine::new(
        db.store.clone(),
        clock,
        id.clone(),
        network.clone(),
        talent.clone(),
    );
    NetworkParts {
        id,
        config: network,
        talent,
        engine,
    }
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
