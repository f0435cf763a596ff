//! `/sandbox/…`: what tests turn. JSON in and out.

mod body;
mod certificates;
mod clock;
mod custom_fields;
mod faults;
mod health;
mod keys;
mod limits;
mod policies;
mod requests;
mod reset;
mod tokens;
mod workers;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, patch, post, put},
};

use crate::Sandbox;

/// All controls.
pub(crate) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/sandbox/health", get(health::health))
        .route("/sandbox/reset", post(reset::reset))
        .route("/sandbox/workers", post(workers::create))
        .route("/sandbox/workers/{number}", patch(workers::change))
        .route(
            "/sandbox/custom-fields",
            post(custom_fields::create).get(custom_fields::list),
        )
        .route("/sandbox/faults", put(faults::set).get(faults::show))
        .route("/sandbox/limits", put(limits::set).get(limits::show))
        .route("/sandbox/policies", put(policies::set).get(policies::show))
        .route("/sandbox/clock", put(clock::set).get(clock::show))
        .route(
            "/sandbox/requests",
            get(requests::show).delete(requests::clear),
        )
        .route("/sandbox/tokens", post(tokens::forge).get(tokens::show))
        .route("/sandbox/certificates", post(certificates::register))
        .route("/sandbox/keys/rotate", post(keys::rotate))
}
