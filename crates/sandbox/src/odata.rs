//! Talent's OData service: `/data` and `/namespaces/{guid}/data`.
//!
//! [`router`] answers requests that carry a [`Caller`], put there by the middleware that
//! checked the bearer; without one it answers 401.

mod answer;
mod ask;
mod batch;
pub mod caller;
mod candidates;
mod error;
mod filter;
mod get;
mod handle;
mod json;
mod lexer;
mod mount;
mod order;
mod patch;
mod path;
mod query;
mod select;
mod shape;
mod visible;

use std::sync::Arc;

use axum::Router;
use axum::routing::any;

pub use caller::{Caller, Sees};

use crate::rows::Store;

/// What the service needs.
#[derive(Clone)]
pub struct OData {
    /// The rows.
    pub store: Store,
    /// Most rows in one answer; Talent's is 10,000.
    pub page_size: usize,
    /// Asked before each operation inside a `$batch`.
    pub gate: Arc<dyn Gate>,
}

/// Lets faults and limits reach the operations inside a `$batch`, which no middleware sees.
pub trait Gate: Send + Sync {
    /// Lets the operation through (`None`) or refuses it. `path` begins with `/data/`.
    fn operation(&self, method: &http::Method, path: &str) -> Option<Refusal>;
}

/// A gate that lets everything through.
#[derive(Clone, Copy, Debug, Default)]
pub struct Open;

impl Gate for Open {
    fn operation(&self, _method: &http::Method, _path: &str) -> Option<Refusal> {
        None
    }
}

/// What a refused operation is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status, such as 429.
    pub status: http::StatusCode,
    /// Seconds for `Retry-After`.
    pub retry_after: Option<u64>,
    /// The inner error's message.
    pub message: String,
}

/// An operation that ran inside a `$batch`. The answer to the batch carries all of them as the
/// extension `Performed`, for the request log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The operation's method.
    pub method: http::Method,
    /// The operation's path, beginning with `/data/`.
    pub path: String,
    /// What it was answered with.
    pub status: http::StatusCode,
}

/// A response extension: the operations of a `$batch`, in order.
#[derive(Clone, Debug, Default)]
pub struct Performed(pub Vec<Operation>);

/// The routes `/data`, `/Data` and `/namespaces/{guid}/data`. Merge them; do not nest them.
///
/// There are no CORS headers and `OPTIONS` is refused, as on the real service: scripts of other
/// origins go through a server.
pub fn router(service: OData) -> Router {
    let mut router = Router::new();
    for root in ["/data", "/Data", "/namespaces/{namespace}/data"] {
        router = router
            .route(root, any(handle::handle))
            .route(&format!("{root}/"), any(handle::handle))
            .route(&format!("{root}/{{*path}}"), any(handle::handle));
    }
    router.with_state(Arc::new(service))
}
