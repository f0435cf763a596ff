//! Talent's screens: the list of workers, and the worker form with the embedded card.

mod assets;
pub(crate) mod avatar;
mod form;
mod format;
mod icon;
mod layout;
mod list;
mod portraits;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::Sandbox;

/// Pages for people; they read the tables directly, as Talent's own forms do.
pub(crate) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/", get(list::list))
        .route("/workers/{number}", get(form::worker))
        .route("/portraits/{number}", get(portraits::portrait))
        .route("/assets/talent.css", get(assets::styles))
        .route("/assets/icon.svg", get(assets::icon))
}
