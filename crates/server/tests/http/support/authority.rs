//! A sign-in service whose keys are the test's own, so that it can sign anything.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What the keys endpoint does instead of answering well.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    Status(u16),
    Garbage,
    /// Another document, of another shape.
    OtherShape,
    NoKeys,
    /// To a place that publishes the same keys.
    Redirect,
    /// Larger than a document may be, and without an end.
    Endless,
}

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
    fault: Mutex<Option<Fault>>,
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
            fault: Mutex::default(),
            fetches: AtomicUsize::new(0),
        });
        let routes = Router::new()
            .route(
                "/{tenant}/v2.0/.well-known/openid-configuration",
                get(discovery),
            )
            .route("/{tenant}/discovery/v2.0/keys", get(keys))
            .route("/elsewhere", get(published))
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

    /// From now on the keys endpoint fails, or does not.
    pub(crate) fn fail(&self, fault: Option<Fault>) {
        *self.state.fault.lock().unwrap() = fault;
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

async fn keys(State(documents): State<Arc<Documents>>) -> Response {
    documents.fetches.fetch_add(1, Ordering::SeqCst);
    let fault = *documents.fault.lock().unwrap();
    match fault {
        None => published(State(documents)).await.into_response(),
        Some(Fault::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Fault::Garbage) => "<html>Sign in to the proxy</html>".into_response(),
        Some(Fault::OtherShape) => Json(json!({"keys": "none"})).into_response(),
        Some(Fault::NoKeys) => Json(json!({"keys": []})).into_response(),
        Some(Fault::Redirect) => Redirect::temporary("/elsewhere").into_response(),
        Some(Fault::Endless) => {
            let chunk = Ok::<_, std::convert::Infallible>(vec![b' '; 64 * 1024]);
            Body::from_stream(futures_util::stream::repeat(chunk)).into_response()
        }
    }
}

async fn published(State(documents): State<Arc<Documents>>) -> Json<Value> {
    Json(json!({"keys": *documents.keys.lock().unwrap()}))
}
