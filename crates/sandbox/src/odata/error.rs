//! Talent's two-level errors.

use http::StatusCode;
use serde_json::json;

use super::answer::Answer;
use crate::rows::RowError;

/// A request that was not carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) status: StatusCode,
    /// The text that helps: `error.innererror.message`.
    pub(super) message: String,
    /// One more header, such as `Retry-After`.
    pub(super) header: Option<(http::HeaderName, String)>,
}

impl Failure {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            header: None,
        }
    }

    /// 400: the request is not one the service understands.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 404 for a part of the path.
    pub(super) fn no_segment(segment: &str) -> Self {
        let message = format!("Resource not found for the segment '{segment}'.");
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// 405 with the methods that would do.
    pub(super) fn method(method: &http::Method, allowed: &str) -> Self {
        let message = format!("The requested resource does not support http method '{method}'.");
        let header = Some((http::header::ALLOW, allowed.to_owned()));
        Self {
            header,
            ..Self::new(StatusCode::METHOD_NOT_ALLOWED, message)
        }
    }

    /// The error as an answer: `{"error":{"code":"","message":…,"innererror":{…}}}`.
    pub(super) fn into_answer(self) -> Answer {
        let body = json!({"error": {
            "code": "",
            "message": "An error has occurred.",
            "innererror": {"message": self.message, "type": "", "stacktrace": ""},
        }});
        let mut answer = Answer::json(self.status, body.to_string().into());
        answer.headers.extend(self.header);
        answer
    }
}

impl From<RowError> for Failure {
    fn from(error: RowError) -> Self {
        let status = match error {
            RowError::UnknownSet(_) | RowError::NotFound(_) => StatusCode::NOT_FOUND,
            RowError::Stale { .. } => StatusCode::PRECONDITION_FAILED,
            RowError::UnknownProperty { .. }
            | RowError::WrongType { .. }
            | RowError::Refused { .. }
            | RowError::Exists(_) => StatusCode::BAD_REQUEST,
        };
        Self::new(status, error.to_string())
    }
}
