//! Sign-in with Microsoft through the paired popup. The server is the confidential client; the browser
//! gets a session of ours and never a token of Microsoft's.
//!
//! Frame → `/auth/start` in a popup → Microsoft → `/auth/callback` → `/auth/confirm` → the frame's
//! `/auth/claim`. The rules stand in [`crate::auth::pairing`].

mod callback;
mod claim;
mod confirm;
mod cookie;
mod page;
mod sign_out;
mod start;
mod throttle;

use axum::Router;
use axum::routing::{get, post};

pub(crate) use throttle::Throttle;

use super::App;

/// The addresses under `/auth`.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/auth/start", get(start::start))
        .route("/auth/callback", get(callback::callback))
        .route("/auth/confirm", get(confirm::show).post(confirm::decide))
        .route("/auth/claim", post(claim::claim))
        .route("/auth/sign-out", post(sign_out::sign_out))
}
