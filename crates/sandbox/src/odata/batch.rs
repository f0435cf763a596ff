//! `$batch`: many operations in one request. OData 4.01 §11.7, in the multipart form that
//! Talent's clients send (Microsoft Learn: odata; Dynamics-AX-Integration).

mod read;
mod run;
mod write;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, StatusCode};

use super::answer::Answer;
use super::ask::Ask;
use super::error::Failure;
use super::{OData, Performed};

/// Most operations in one batch.
const LIMIT: usize = 5_000;

/// One operation of a batch.
#[derive(Clone, Debug)]
struct Part {
    /// Echoed with the answer.
    content_id: Option<String>,
    method: Method,
    /// Behind the service's root, percent-encoded.
    path: String,
    query: String,
    accept: String,
    if_match: Option<String>,
    body: Vec<u8>,
}

/// What a batch consists of.
#[derive(Clone, Debug)]
enum Item {
    Single(Part),
    /// All or nothing.
    ChangeSet(Vec<Part>),
}

/// What an item is answered with.
#[derive(Debug)]
enum ItemAnswer {
    Single(PartAnswer),
    /// One answer for each operation; of a failed change set only the failed operation's.
    ChangeSet(Vec<PartAnswer>),
}

#[derive(Debug)]
struct PartAnswer {
    content_id: Option<String>,
    answer: Answer,
}

/// Answers a batch, and says which operations ran.
pub(super) fn answer(service: &OData, ask: &Ask<'_>, headers: &HeaderMap) -> (Answer, Performed) {
    match carry_out(service, ask, headers) {
        Ok((answer, performed)) => (answer, performed),
        Err(failure) => (failure.into_answer(), Performed::default()),
    }
}

fn carry_out(
    service: &OData,
    ask: &Ask<'_>,
    headers: &HeaderMap,
) -> Result<(Answer, Performed), Failure> {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let items = read::items(content_type.unwrap_or(""), ask.body)?;
    let operations: usize = items.iter().map(Item::len).sum();
    if operations > LIMIT {
        return Err(Failure::bad(format!(
            "The current batch contains {operations} operations; the most a batch can have is {LIMIT}."
        )));
    }
    let on = keeps_on(headers);
    let mut performed = Performed::default();
    let mut answers = Vec::with_capacity(items.len());
    for item in &items {
        let answer = run::item(service, ask, item, &mut performed);
        let failed = answer.failed();
        answers.push(answer);
        if failed && !on {
            break;
        }
    }
    let (content_type, body) = write::items(&answers);
    Ok((Answer::new(StatusCode::OK, &content_type, body), performed))
}

/// `Prefer: odata.continue-on-error`.
fn keeps_on(headers: &HeaderMap) -> bool {
    let prefers = headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok());
    prefers
        .flat_map(|value| value.split([',', ';']))
        .any(|one| {
            let (name, value) = one.trim().split_once('=').unwrap_or((one.trim(), "true"));
            let name = name.strip_prefix("odata.").unwrap_or(name);
            name == "continue-on-error" && value.trim_matches('"') != "false"
        })
}

impl Item {
    fn len(&self) -> usize {
        match self {
            Self::Single(_) => 1,
            Self::ChangeSet(parts) => parts.len(),
        }
    }
}

impl ItemAnswer {
    fn failed(&self) -> bool {
        let failed = |part: &PartAnswer| part.answer.status.as_u16() >= 400;
        match self {
            Self::Single(part) => failed(part),
            Self::ChangeSet(parts) => parts.iter().any(failed),
        }
    }
}
