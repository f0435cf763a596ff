//! The Talent screens: the worker list at `/` and the worker form at `/workers/{number}`, on
//! which the Eloops card stands in its frame. Pages without script, read from the rows.

mod assets;
pub(crate) mod avatar;
mod field;
mod form;
mod headers;
mod icon;
mod line;
mod list;
mod missing;
mod page;
mod portrait;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::{Router, middleware::map_response_with_state, routing::get};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::rows::Store;

/// What the screens need. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Screens {
    store: Store,
    /// Where Eloops runs, without a slash at the end.
    eloops: Arc<str>,
    policy: headers::Policy,
}

impl Screens {
    /// Screens that show the rows of `store` and frame the card that Eloops serves at
    /// `{eloops}/frame/`.
    #[must_use]
    pub(crate) fn new(store: Store, eloops: &Url) -> Self {
        Self {
            store,
            eloops: Arc::from(eloops.as_str().trim_end_matches('/')),
            policy: headers::Policy::framing(eloops),
        }
    }
}

/// `/`, `/workers/{number}`, `/portraits/{number}` and the screens' own `/assets/…`; and, for a
/// browser that asks for any other address, a page that says so. Merge it: it brings the fallback.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(screens: Screens) -> Router<S> {
    Router::new()
        .route("/", get(list::list))
        .route("/workers/{number}", get(form::form))
        .route("/portraits/{number}", get(portrait::portrait))
        .route("/assets/talent.css", get(assets::styles))
        .route("/assets/icon.svg", get(assets::icon))
        .fallback(missing::fallback)
        .layer(map_response_with_state(
            screens.policy.clone(),
            headers::add,
        ))
        .with_state(screens)
}

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A text as one segment or one query value of an address.
fn encoded(text: &str) -> impl std::fmt::Display {
    utf8_percent_encode(text, UNRESERVED)
}
