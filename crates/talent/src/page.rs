//! One page of rows, read straight from bytes.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeSeed;
use serde_json::Deserializer;
use serde_json::value::RawValue;

use crate::error::success;
use crate::rows::{Row, Shape};
use crate::{Response, TalentError};

/// What one answer held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<R> {
    /// The rows, in the service's order, without those that came before.
    pub rows: Vec<R>,
    /// Rows that could not be read.
    pub skipped: Vec<Skipped>,
    /// Rows that an earlier page had already brought: paging is by offset, and the set moves.
    pub repeated: usize,
    /// How many rows the set has, where the answer says so (the first page).
    pub count: Option<u64>,
}

/// A row that could not be read. It never carries the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The row's key, its parts separated by a comma; none where the key itself is unreadable.
    pub key: Option<Box<str>>,
    /// Where on the page, from zero.
    pub index: usize,
    /// Which property, and what is wrong with it.
    pub reason: Box<str>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
    #[serde(default, rename = "@odata.nextLink")]
    next: Option<Box<str>>,
    #[serde(default, rename = "@odata.count")]
    count: Option<u64>,
}

/// An answer's link to the next page, as it came.
pub(crate) type Link = Option<Box<str>>;

/// Reads one page, and its link as it came.
pub(crate) fn read<S: Shape>(
    shape: &S,
    response: &Response,
) -> Result<(Page<S::Row>, Link), TalentError> {
    let body = &success(response)?.body;
    let answer: Answer = serde_json::from_slice(body)
        .map_err(|error| TalentError::unreadable(place(&error), response))?;
    let mut page = Page {
        rows: Vec::with_capacity(answer.value.len()),
        skipped: Vec::new(),
        repeated: 0,
        count: answer.count,
    };
    for (index, raw) in answer.value.iter().enumerate() {
        match row(shape, raw.get()) {
            Ok(row) => page.rows.push(row),
            Err(_) => page.skipped.push(why(shape, index, raw.get())),
        }
    }
    Ok((page, answer.next))
}

/// Reads an answer that is one row, e.g. of [`crate::reads::worker`].
///
/// # Errors
/// A refusal (404 among them), or a row that cannot be read.
pub fn read_one<R: Row>(response: &Response) -> Result<R, TalentError> {
    let text = std::str::from_utf8(&success(response)?.body)
        .map_err(|_| TalentError::unreadable("the body is not UTF-8", response))?;
    let shape = crate::rows::Plain::<R>::new();
    row(&shape, text).map_err(|error| {
        let what = if error.is_data() {
            why(&shape, 0, text).reason
        } else {
            place(&error).into()
        };
        TalentError::unreadable(what, response)
    })
}

fn row<S: Shape>(shape: &S, text: &str) -> Result<S::Row, serde_json::Error> {
    let mut deserializer = Deserializer::from_str(text);
    let row = shape.seed().deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(row)
}

/// Which property spoils a row: found by reading the row again without one after the other. Slow, and
/// only for rows that are bad.
fn why<S: Shape>(shape: &S, index: usize, text: &str) -> Skipped {
    let skipped = |key, reason: String| Skipped {
        key,
        index,
        reason: reason.into(),
    };
    let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(text) else {
        return skipped(None, "the row is not an object".to_owned());
    };
    let parts: Option<Vec<String>> = shape
        .key_properties()
        .iter()
        .map(|name| serde_json::from_str(members.get(*name)?.get()).ok())
        .map(|part: Option<String>| part.filter(|part| !part.is_empty()))
        .collect();
    let Some(parts) = parts else {
        return skipped(
            None,
            format!("{} is missing or empty", shape.key_properties().join(", ")),
        );
    };
    let key = Some(parts.join(",").into());
    for name in members.keys() {
        let without: BTreeMap<_, _> = members.iter().filter(|(have, _)| *have != name).collect();
        let fits = serde_json::to_string(&without).is_ok_and(|text| row(shape, &text).is_ok());
        if fits {
            let found = members.get(name).map_or("nothing", |raw| kind(raw.get()));
            return skipped(key, format!("{name} cannot be read: it holds {found}"));
        }
    }
    skipped(
        key,
        "more than one property cannot be read, or one is missing".to_owned(),
    )
}

/// The kind of a JSON value, without the value.
fn kind(text: &str) -> &'static str {
    match text.trim_start().bytes().next() {
        Some(b'"') => "text of another form",
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b't' | b'f') => "true or false",
        Some(b'n') => "null",
        Some(_) => "a number",
        None => "nothing",
    }
}

/// Where an answer stopped making sense, without what stood there.
fn place(error: &serde_json::Error) -> String {
    let what = if error.is_eof() {
        "it ends too early"
    } else {
        "it is not the expected JSON"
    };
    format!("{what}, at line {} column {}", error.line(), error.column())
}

#[cfg(test)]
mod tests;
