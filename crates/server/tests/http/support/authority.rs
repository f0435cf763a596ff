//! A sign-in service whose keys are the test's own, so that it can sign anything.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// It runs until it is dropped.
pub(crate) struct Authority {
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    state: Arc<Documents>,
    task: JoinHandle<()>,
}

struct Documents {
    url: String,
    keys: Mutex<Vec<Value>>,
    fetches: AtomicUsize,
}

impl Drop for Authority {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Authority {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Documents {
            url: url.clone(),
            keys: Mutex::default(),
            fetches: AtomicUsize::new(0),
        });
        let routes = Router::new()
            .route(
                "/{tenant}/v2.0/.well-known/openid-configuration",
                get(discovery),
            )
            .route("/{tenant}/discovery/v2.0/keys", get(keys))
            .with_state(Arc::clone(&state));
        let task = tokio::spawn(async move {
            axum::serve(listener, routes).await.unwrap();
        });
        Self { url, state, task }
    }

    /// From now on these are its keys.
    pub(crate) fn publish(&self, keys: Vec<Value>) {
        *self.state.keys.lock().unwrap() = keys;
    }

    /// How often the keys were read.
    pub(crate) fn fetches(&self) -> usize {
        self.state.fetches.load(Ordering::SeqCst)
    }
}

async fn discovery(
    State(documents): State<Arc<Documents>>,
    Path(tenant): Path<String>,
) -> Json<Value> {
    let root = format!("{}/{tenant}", documents.url);
    Json(json!({
        "issuer": format!("{root}/v2.0"),
        "authorization_endpoint": format!("{root}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{root}/oauth2/v2.0/token"),
        "jwks_uri": format!("{root}/discovery/v2.0/keys"),
    }))
}

async fn keys(State(documents): State<Arc<Documents>>) -> Json<Value> {
    documents.fetches.fetch_add(1, Ordering::SeqCst);
    Json(json!({"keys": *documents.keys.lock().unwrap()}))
}
