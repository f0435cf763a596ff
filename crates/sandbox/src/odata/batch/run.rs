//! Carrying out the items of a batch.

use http::header::RETRY_AFTER;
use http::{Method, StatusCode};

use super::{Item, ItemAnswer, Part, PartAnswer};
use crate::odata::answer::Answer;
use crate::odata::ask::{self, Ask};
use crate::odata::error::Failure;
use crate::odata::path::{self, Resource};
use crate::odata::{OData, Operation, Performed, patch};
use crate::rows::{Before, Tables};

/// Carries out one item.
pub(super) fn item(
    service: &OData,
    outer: &Ask<'_>,
    item: &Item,
    performed: &mut Performed,
) -> ItemAnswer {
    match item {
        Item::Single(part) => {
            let answer = match gate(service, part) {
                Ok(()) => ask::answer(service, &ask(outer, part)),
                Err(failure) => failure.into_answer(),
            };
            performed.0.push(operation(part, answer.status));
            ItemAnswer::Single(PartAnswer {
                content_id: part.content_id.clone(),
                answer,
            })
        }
        Item::ChangeSet(parts) => {
            let (failed_at, failure) = match change_set(service, outer, parts) {
                Ok(()) => {
                    let done = |part| operation(part, StatusCode::NO_CONTENT);
                    performed.0.extend(parts.iter().map(done));
                    let answers = parts.iter().map(|part| PartAnswer {
                        content_id: part.content_id.clone(),
                        answer: Answer::no_content(),
                    });
                    return ItemAnswer::ChangeSet(answers.collect());
                }
                Err(failed) => failed,
            };
            let answer = failure.into_answer();
            let failed = parts.get(failed_at);
            performed
                .0
                .extend(failed.map(|part| operation(part, answer.status)));
            let content_id = failed.and_then(|part| part.content_id.clone());
            ItemAnswer::ChangeSet(vec![PartAnswer { content_id, answer }])
        }
    }
}

/// Applies all changes or none; a failure comes with the position of the operation.
fn change_set(service: &OData, outer: &Ask<'_>, parts: &[Part]) -> Result<(), (usize, Failure)> {
    for (at, part) in parts.iter().enumerate() {
        gate(service, part).map_err(|failure| (at, failure))?;
    }
    service.store.write(|tables| {
        let mut applied: Vec<Before> = Vec::with_capacity(parts.len());
        for (at, part) in parts.iter().enumerate() {
            match change(tables, &ask(outer, part)) {
                Ok(before) => applied.push(before),
                Err(failure) => {
                    applied
                        .into_iter()
                        .rev()
                        .for_each(|before| tables.undo(before));
                    return Err((at, failure));
                }
            }
        }
        Ok(())
    })
}

fn change(tables: &mut Tables, ask: &Ask<'_>) -> Result<Before, Failure> {
    match (ask.method, path::parse(ask.path)?) {
        (&Method::PATCH, Resource::Row { set, key }) => patch::apply(tables, ask, &set, &key),
        (&Method::GET, _) => Err(Failure::bad("A change set cannot have a GET in it.")),
        (method, _) => Err(Failure::method(method, "PATCH")),
    }
}

fn gate(service: &OData, part: &Part) -> Result<(), Failure> {
    let path = format!("/data{}", part.path);
    let Some(refusal) = service.gate.operation(&part.method, &path) else {
        return Ok(());
    };
    let mut failure = Failure::new(refusal.status, refusal.message);
    failure.header = refusal
        .retry_after
        .map(|seconds| (RETRY_AFTER, seconds.to_string()));
    Err(failure)
}

fn ask<'a>(outer: &Ask<'a>, part: &'a Part) -> Ask<'a> {
    Ask {
        method: &part.method,
        path: &part.path,
        query: &part.query,
        accept: &part.accept,
        if_match: part.if_match.as_deref(),
        body: &part.body,
        ..*outer
    }
}

fn operation(part: &Part, status: StatusCode) -> Operation {
    Operation {
        method: part.method.clone(),
        path: format!("/data{}", part.path),
        status,
    }
}
