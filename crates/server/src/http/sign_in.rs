//! Sign-in with Microsoft through the paired popup. The server is the confidential client; the browser
//! gets a session of ours and never a token of Microsoft's.
//!
//! Frame → `/auth/start` in a popup → Microsoft → `/auth/callback` → `/auth/confirm` → the frame's
//! `/auth/claim`, then `/auth/refresh` every hour and `/auth/sign-out`. The rules stand in
//! [`crate::auth::pairing`], and in words in `docs/sign-in.md`.

mod bearer;
mod callback;
mod claim;
mod confirm;
mod consented;
mod cookie;
mod front_channel_logout;
mod identity;
mod kept;
mod locale;
mod microsoft_sign_out;
mod page;
mod refresh;
mod requested_claims;
mod sign_out;
mod signed_out;
mod start;
mod throttle;
mod words;

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
        .route("/auth/refresh", post(refresh::refresh))
        .route("/auth/sign-out", post(sign_out::sign_out))
        .route(
            "/auth/microsoft-sign-out",
            get(microsoft_sign_out::microsoft_sign_out),
        )
        .route(signed_out::PATH, get(signed_out::signed_out))
        .route(
            "/auth/front-channel-logout",
            get(front_channel_logout::front_channel_logout),
        )
        .route("/auth/consented", get(consented::consented))
}
