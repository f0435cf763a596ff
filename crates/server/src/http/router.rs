use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;

use super::plumbing::body_pace::{self, Pace};
use super::plumbing::problem::ApiError;
use super::plumbing::{client_address, cors, headers, log, problem, rate_limit, request_id};
use super::{App, api, docs, frame, health, measure, sign_in};

/// Bodies are small everywhere but at the uploads.
const BODY_BYTES: usize = 64 * 1024;

/// Everything the server answers; bodies come at least as fast as `pace` says.
pub fn router(app: App, pace: Pace) -> Router {
    measure::start();
    let (api, document) = OpenApiRouter::with_openapi(docs::document())
        .nest("/api/v1", api::routes())
        .split_for_parts();
    Router::new()
        .merge(api)
        .merge(docs::routes(document))
        .merge(sign_in::routes())
        .merge(frame::routes())
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(measure::show))
        .fallback(|| async { ApiError::not_found() })
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        // The last one is the outermost.
        .layer(from_fn_with_state(app.clone(), rate_limit::layer))
        .layer(from_fn_with_state(app.clone(), client_address::layer))
        .layer(from_fn_with_state(app.clone(), cors::layer))
        .layer(from_fn_with_state(pace, body_pace::layer))
        .layer(from_fn(problem::layer))
        .layer(from_fn_with_state(app.clone(), headers::layer))
        .layer(from_fn(log::layer))
        .layer(from_fn(request_id::layer))
        .with_state(app)
}
