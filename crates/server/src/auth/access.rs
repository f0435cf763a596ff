//! Who may do what with whom: the one place that decides it.
//!
//! [`table`] is the whole policy: a row for each route, a column for each relation in which a caller can stand to
//! the member whom the request is about. Handlers get their caller from [`Caller`] or [`Seeker`], which find
//! the route's row by the request's own method and path, and decide; a route without a row answers nobody.
//!
//! Before that, [`Principal`](super::principal::Principal) has refused whoever is not signed in (401), and members
//! whose employment has not begun or has ended (403 `member_pending`, `member_inactive`). Everything is looked up
//! in the caller's own network, so that nothing of another one is ever found.

mod caller;
mod relation;
mod seeker;
pub mod table;

pub use caller::Caller;
pub use relation::Relation;
pub use seeker::{Found, Seeker, Target};
pub use table::{Grant, Row, TABLE, Verdict};

use axum::extract::MatchedPath;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use eloops_api::Visibility;

use crate::http::plumbing::problem::ApiError;

/// Where the API begins; the table's paths follow.
const ROOT: &str = "/api/v1";

/// The decision for a caller who stands in one or more relations: the widest of them, and by which it was won. At a
/// draw the first one counts, so callers name the nearer relation first.
#[must_use]
pub fn decide(row: &Row, relations: &[Relation], visibility: Visibility) -> (Verdict, Relation) {
    let mut best = (Verdict::Hidden, Relation::Stranger);
    for (at, relation) in relations.iter().enumerate() {
        let verdict = row.grant(*relation).verdict(visibility);
        if at == 0 || verdict > best.0 {
            best = (verdict, *relation);
        }
    }
    best
}

/// The row of the request's route.
///
/// # Errors
/// 500 for a route without one: better no answer than one that nobody decided on.
fn row(parts: &Parts) -> Result<&'static Row, ApiError> {
    // What answers GET answers HEAD.
    let method = match parts.method {
        Method::HEAD => &Method::GET,
        ref method => method,
    };
    let template = parts.extensions.get::<MatchedPath>();
    let path = template.and_then(|path| path.as_str().strip_prefix(ROOT));
    path.and_then(|path| table::find(method.as_str(), path))
        .ok_or_else(|| {
            ApiError::internal(&format_args!(
                "{method} {:?} has no row in the table of access",
                template.map(MatchedPath::as_str)
            ))
        })
}

/// A verdict as the answer that refuses, or nothing where it allows.
fn refusal(verdict: Verdict) -> Option<ApiError> {
    let forbidden =
        |code, detail: &'static str| Some(ApiError::new(StatusCode::FORBIDDEN, code, detail));
    match verdict {
        Verdict::Full | Verdict::Own | Verdict::WithoutBalance => None,
        Verdict::AsTalentLets | Verdict::Hidden => Some(ApiError::not_found()),
        Verdict::Forbidden => forbidden(
            "forbidden",
            "Only administrators may do this: those who hold the app role Eloops.Admin.",
        ),
        Verdict::BalanceHidden => forbidden(
            "balance_hidden",
            "This person keeps the coins to themselves, as everybody may. You can still see the uploads.",
        ),
        Verdict::NoMember => forbidden(
            "no_member",
            "Your account belongs to no member of Eloops. Ask HR whether your record in Talent carries it.",
        ),
    }
}

#[cfg(test)]
mod tests;
