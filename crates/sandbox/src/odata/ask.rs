//! A request, as it comes alone or as a part of a `$batch`.

use http::Method;

use super::answer::Answer;
use super::caller::Caller;
use super::error::Failure;
use super::path::{self, Resource};
use super::{OData, get, patch};

/// A request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'a> {
    pub(super) method: &'a Method,
    /// Behind the service's root, percent-encoded.
    pub(super) path: &'a str,
    /// Percent-encoded, without `?`.
    pub(super) query: &'a str,
    /// The address of the service's root as links in answers have it: without a namespace.
    pub(super) root: &'a str,
    pub(super) accept: &'a str,
    pub(super) if_match: Option<&'a str>,
    pub(super) body: &'a [u8],
    pub(super) caller: &'a Caller,
}

/// Answers a request that is no batch.
pub(super) fn answer(service: &OData, ask: &Ask<'_>) -> Answer {
    route(service, ask).unwrap_or_else(Failure::into_answer)
}

fn route(service: &OData, ask: &Ask<'_>) -> Result<Answer, Failure> {
    let resource = path::parse(ask.path)?;
    match (ask.method, &resource) {
        (&Method::GET, Resource::Batch) => Err(Failure::method(ask.method, "POST")),
        (&Method::GET, _) => get::answer(service, ask, &resource),
        (&Method::PATCH, Resource::Row { set, key }) => {
            service
                .store
                .write(|tables| patch::apply(tables, ask, set, key))?;
            Ok(Answer::no_content())
        }
        (method, Resource::Row { .. }) => Err(Failure::method(method, "GET, PATCH")),
        (method, Resource::Batch) => Err(Failure::method(method, "POST")),
        (method, _) => Err(Failure::method(method, "GET")),
    }
}
