//! Talent's stand-in, a database, and the engine between them.

use std::{collections::BTreeMap, sync::Arc};

use eloops_api::{
    Action, Directions, Outcome, RunState, SyncChange, SyncRun, TalentFields, Trigger,
};
use eloops_server::{
    clock::{Clock, SharedClock},
    config::{self, Layers, Network},
    destination::Private,
    http_client,
    ids::new_id,
    store::{
        ledger::{self, NewLine},
        links,
        page::PageRequest,
        sync_changes::{self, ChangeFilter},
        uploads,
    },
    sync::{Engine, Request},
    talent_client::{Http, TalentClient, Transport},
};
use serde_json::{Value, json};
use talent_sandbox::{CompanySource, Options, Running};

use super::{db::Db, member, talent::Meddler};

/// Everything one test needs.
pub(crate) struct World {
    pub(crate) db: Db,
    pub(crate) sandbox: Running,
    pub(crate) engine: Engine,
    /// Stands between the engine and the network.
    pub(crate) meddler: Arc<Meddler>,
    pub(crate) network: Network,
    http: reqwest::Client,
}

/// The demo company's folder.
pub(crate) fn adventure_works() -> CompanySource {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/adventure-works")
        .parse()
        .unwrap()
}

/// A designer, for [`World::hire`].
pub(crate) fn ada() -> Value {
    json!({ "FirstName": "Ada", "LastName": "Almeida", "PrimaryContactEmail": "ada@contoso.com",
        "TitleId": "Designer", "EmploymentStartDate": "2020-01-01", "WorkerStatus": "Employed" })
}

/// A company without anybody, to be filled by the test.
pub(crate) fn nobody() -> CompanySource {
    "0".parse().unwrap()
}

impl World {
    /// A small company of made-up people and an empty database.
    pub(crate) async fn new(db: Db) -> Self {
        Self::with(db, Options::default()).await
    }

    pub(crate) async fn with(db: Db, options: Options) -> Self {
        let sandbox = talent_sandbox::start(options).await.unwrap();
        let network = network(sandbox.url());
        let http = http_client::build(Private::Refused).unwrap();
        let meddler = Meddler::over(Http::new(http.clone()));
        let engine = engine(&db, &network, meddler.clone(), db.clock.clone());
        let world = Self {
            db,
            sandbox,
            engine,
            meddler,
            network,
            http,
        };
        world
            .control("PUT", "clock", json!({ "now": world.db.clock.now() }))
            .await;
        world
    }

    /// Four designers in Talent, numbered from 000001, who have become members.
    pub(crate) async fn with_four_members(db: Db, options: Options) -> Self {
        let world = Self::with(
            db,
            Options {
                company: nobody(),
                ..options
            },
        )
        .await;
        for number in ["000001", "000002", "000003", "000004"] {
            assert_eq!(world.hire(ada()).await, number);
        }
        assert_eq!(world.sync_in().await.len(), 4);
        world
    }

    /// Another server on the same database.
    pub(crate) fn another_engine(&self, clock: SharedClock) -> Engine {
        engine(&self.db, &self.network, self.meddler.clone(), clock)
    }

    /// Uses one of the sandbox's controls.
    pub(crate) async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let url = format!("{}/sandbox/{path}", self.sandbox.url());
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let answer = self
            .http
            .request(method, &url)
            .json(&body)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{url} answered {status}: {text}");
        if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&text).unwrap()
        }
    }

    /// A new worker in Talent; gives the number.
    pub(crate) async fn hire(&self, worker: Value) -> String {
        let made = self.control("POST", "workers", worker).await;
        made["PersonnelNumber"]
            .as_str()
            .expect("the sandbox names the number")
            .to_owned()
    }

    /// A change in Talent.
    pub(crate) async fn change(&self, number: &str, change: Value) {
        self.control("PATCH", &format!("workers/{number}"), change)
            .await;
    }

    /// Moves both clocks.
    pub(crate) async fn advance_days(&self, days: u64) {
        let seconds = days * 24 * 3600;
        self.db
            .clock
            .advance(std::time::Duration::from_secs(seconds));
        self.control("PUT", "clock", json!({ "advance_s": seconds }))
            .await;
    }

    /// What Talent was asked: `GET /data/Workers` and how often.
    pub(crate) async fn requests(&self) -> BTreeMap<String, i64> {
        let lines = self.control("GET", "requests", json!({})).await;
        let mut counts = BTreeMap::new();
        for line in lines.as_array().unwrap() {
            let name = format!(
                "{} {}",
                line["method"].as_str().unwrap(),
                line["path"].as_str().unwrap()
            );
            *counts.entry(name).or_default() += line["count"].as_i64().unwrap();
        }
        counts
    }

    pub(crate) async fn forget_requests(&self) {
        self.control("DELETE", "requests", json!({})).await;
    }

    /// A run in one direction.
    pub(crate) async fn run(&self, directions: Directions) -> SyncRun {
        self.ask(directions, false, None).await
    }

    pub(crate) async fn ask(
        &self,
        directions: Directions,
        dry_run: bool,
        worker: Option<&str>,
    ) -> SyncRun {
        let worker = worker.map(ToOwned::to_owned);
        let request = Request {
            directions,
            dry_run,
            worker,
            trigger: Trigger::Command,
        };
        let mut runs = self.engine.run(request, &()).await.unwrap();
        assert_eq!(runs.len(), 1, "one direction is one run");
        runs.remove(0)
    }

    /// An inbound run that has to go well; gives its changes.
    pub(crate) async fn sync_in(&self) -> Vec<SyncChange> {
        let run = self.run(Directions::In).await;
        assert_eq!((run.state, &run.error), (RunState::Done, &None));
        self.changes(&run).await
    }

    /// An outbound run that has to go well; gives its changes.
    pub(crate) async fn sync_out(&self) -> Vec<SyncChange> {
        let run = self.run(Directions::Out).await;
        assert_eq!((run.state, &run.error), (RunState::Done, &None));
        self.changes(&run).await
    }

    /// All changes of a run, in order.
    pub(crate) async fn changes(&self, run: &SyncRun) -> Vec<SyncChange> {
        let mut conn = self.db.store.read().await.unwrap();
        let mut request = PageRequest {
            limit: Some(200),
            cursor: None,
        };
        let mut changes = Vec::new();
        loop {
            let filter = ChangeFilter::default();
            let page = sync_changes::list(&mut conn, &run.id, &filter, &request)
                .await
                .unwrap();
            changes.extend(page.items);
            let Some(cursor) = page.next_cursor else {
                return changes;
            };
            request.cursor = Some(cursor);
        }
    }

    /// What Talent shows in both custom fields.
    pub(crate) fn shown(&self, number: &str) -> (i64, i64) {
        self.sandbox.sandbox().store.read(|tables| {
            let key = talent_sandbox::rows::RowKey::of(&[number]);
            let row = tables
                .get("Workers", &key)
                .expect("the worker is in Talent");
            let field = |name| match row.value(name) {
                Some(talent_sandbox::rows::Value::Int(number)) => number,
                other => panic!("expected a number in {name}, found {other:?}"),
            };
            (field("EloopsCoins_Custom"), field("EloopsUploads_Custom"))
        })
    }

    /// Coins by an administrator.
    pub(crate) async fn award(&self, number: &str, amount: i64) {
        let member = member::find(&self.db, number).await;
        let now = self.db.clock.now();
        let mut tx = self.db.store.write().await.unwrap();
        let line = NewLine {
            id: &new_id(now),
            amount,
            reason: "good work",
            entered_by: None,
        };
        ledger::enter(&mut tx, &member, line, now)
            .await
            .unwrap()
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// What the card would say about Talent's fields.
    pub(crate) async fn talent_fields(&self, number: &str) -> TalentFields {
        let member = member::find(&self.db, number).await;
        let mut conn = self.db.store.read().await.unwrap();
        let coins = ledger::totals(&mut conn, &member.id).await.unwrap().balance;
        let uploads = uploads::count(&mut conn, &member.id).await.unwrap();
        let link = links::of(&mut conn, &member.id).await.unwrap();
        links::talent_fields(link.as_ref(), coins, uploads)
    }
}

/// The network of a sandbox.
pub(crate) fn network(url: &str) -> Network {
    let variables = [
        ("ELOOPS_TENANT", talent_sandbox::TENANT),
        ("ELOOPS_AUTHORITY", url),
        ("ELOOPS_CLIENT_ID", "eloops-server"),
        ("ELOOPS_CLIENT_SECRET", "sandbox-secret"),
        ("ELOOPS_TALENT_URL", url),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let layers = Layers {
        variables: variables.into(),
        ..Layers::default()
    };
    config::load(layers).unwrap().networks.remove(0)
}

fn engine(db: &Db, network: &Network, transport: Arc<dyn Transport>, clock: SharedClock) -> Engine {
    let talent = Arc::new(TalentClient::new(network, transport, clock.clone()));
    Engine::new(
        db.store.clone(),
        clock,
        db.network_id.clone(),
        network.clone(),
        talent,
    )
}

/// Changes in short: `create 000001`, `skip 000002: no last name …`.
pub(crate) fn short(changes: &[SyncChange]) -> Vec<String> {
    changes
        .iter()
        .map(|change| {
            let action = match change.action {
                Action::Create => "create",
                Action::Update => "update",
                Action::Deactivate => "deactivate",
                Action::Reactivate => "reactivate",
                Action::Write => "write",
                Action::Skip => "skip",
            };
            let fields: Vec<String> = change
                .fields
                .iter()
                .map(|field| {
                    let (old, new) = (field.old.as_deref(), field.new.as_deref());
                    format!(
                        "{} {}>{}",
                        field.name,
                        old.unwrap_or("-"),
                        new.unwrap_or("-")
                    )
                })
                .collect();
            let shown = change.action != Action::Create;
            let fields = if shown {
                fields.join(", ")
            } else {
                String::new()
            };
            let mut line = format!("{action} {} {fields}", change.worker_number)
                .trim()
                .to_owned();
            if let Some(reason) = &change.reason {
                line.push_str(": ");
                line.push_str(reason);
            }
            if change.outcome == Outcome::Failed {
                line.push_str(" FAILED");
            }
            line
        })
        .collect()
}
