//! Writing a worker's custom fields: one PATCH with the changed ones only, because every write runs
//! Talent's whole validation (Microsoft Learn: odata).

use std::borrow::Cow;

use crate::error::success;
use crate::{CustomField, Method, OutOfRange, Request, Response, Root, TalentError, literal};

/// New values of a row's custom fields; only what changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes(String);

impl Changes {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a field.
    ///
    /// # Errors
    /// [`OutOfRange`] where the field's type cannot hold the number.
    pub fn set(mut self, field: &CustomField, value: i64) -> Result<Self, OutOfRange> {
        let value = field.json(value)?;
        if !self.0.is_empty() {
            self.0.push(',');
        }
        self.0.push('"');
        // A property's name is a simple identifier (OData CSDL 4.01 §15.2); what else a service might
        // put into its metadata does not get into our JSON.
        self.0.extend(
            field
                .name
                .chars()
                .filter(|c| c.is_alphanumeric() || *c == '_'),
        );
        self.0.push_str("\":");
        self.0.push_str(&value);
        Ok(self)
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The body of the PATCH.
    pub fn json(&self) -> String {
        format!("{{{}}}", self.0)
    }
}

/// The address of a worker's row.
pub(crate) fn address(root: &Root, number: &str) -> String {
    format!(
        "{}/{}",
        root.data(),
        literal::row("Workers", &[("PersonnelNumber", number)])
    )
}

/// A PATCH of one worker; `if_match` is the row's `@odata.etag`, where the write must not meet another.
/// Read the answer with [`read_written`].
pub fn patch_worker(
    root: &Root,
    number: &str,
    changes: &Changes,
    if_match: Option<&str>,
) -> Request {
    let mut request = Request::get(address(root, number));
    request.method = Method::Patch;
    request
        .headers
        .push(("content-type", Cow::Borrowed("application/json")));
    if let Some(etag) = if_match {
        request
            .headers
            .push(("if-match", Cow::Owned(one_line(etag))));
    }
    request.body = changes.json().into_bytes();
    request
}

/// A header's value without line breaks and other controls.
pub(crate) fn one_line(value: &str) -> String {
    value.chars().filter(|c| !c.is_control()).collect()
}

/// Reads the answer to a PATCH: 204, or 200 with the row (seen in the field).
///
/// # Errors
/// The refusal, with Talent's own words.
pub fn read_written(response: &Response) -> Result<(), TalentError> {
    match success(response)?.status {
        200 | 204 => Ok(()),
        status => Err(TalentError::unreadable(
            format!("a write is answered with 204, not with {status}"),
            response,
        )),
    }
}
