//! Reading a control's JSON, and saying what is wrong with it.

use axum::{
    Json,
    body::Bytes,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A refusal: what is wrong and what is expected, as an example.
#[derive(Debug)]
pub(super) struct Refused {
    status: StatusCode,
    error: String,
    expected: Value,
}

impl Refused {
    /// 400 with an example of what is expected.
    pub(super) fn new(error: impl Into<String>, expected: Value) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            error: error.into(),
            expected,
        }
    }

    /// 404: there is no such thing.
    pub(super) fn not_found(error: impl Into<String>) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            error: error.into(),
            expected: Value::Null,
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error });
        if !self.expected.is_null() {
            body["expected"] = self.expected;
        }
        (self.status, Json(body)).into_response()
    }
}

/// Reads the body; an empty one counts as `{}`.
///
/// # Errors
/// The place and the reason, with the example.
pub(super) fn read<T: DeserializeOwned>(body: &Bytes, example: Value) -> Result<T, Refused> {
    let text: &[u8] = if body.trim_ascii().is_empty() {
        b"{}"
    } else {
        body
    };
    serde_json::from_slice(text)
        .map_err(|error| Refused::new(format!("the body cannot be read: {error}"), example))
}
