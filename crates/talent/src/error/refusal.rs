use std::fmt;

use crate::{ErrorBody, Response, RetryAfter, Trace};

/// What kind of no it is: what to do follows from this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// 401: the token is missing, expired or for somebody else, or the app is not registered in Talent.
    Unauthorized,
    /// 403: the user may not.
    Forbidden,
    /// 404: no such row, or none that this user may see, or no such entity set.
    NotFound,
    /// 412, or an update that met another one.
    Conflict,
    /// 429.
    Throttled,
    /// 400 and other refusals of the request itself; the message says why.
    Invalid,
    /// 408 and 5xx: the service is not up to it now.
    Unavailable,
}

/// An answer whose status is no success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status; inside a batch that of the part.
    pub status: u16,
    /// What kind of no.
    pub kind: RefusalKind,
    /// OData's error code; finance and operations leaves it empty.
    pub code: Option<Box<str>>,
    /// Talent's own words, the Infolog where there is one. For the administrator, not for the log.
    pub message: Option<Box<str>>,
    /// When to come again.
    pub retry_after: Option<RetryAfter>,
    /// Finds the request again.
    pub trace: Trace,
}

/// What finance and operations says when two updates meet (seen in the field).
const CONFLICT: &str = "update conflict occurred";

impl Refusal {
    /// Reads an answer that is no success. An empty or foreign body leaves the message out, and so does
    /// a build without the feature `json`.
    pub fn read(response: &Response) -> Self {
        #[cfg(feature = "json")]
        let body = serde_json::from_slice(&response.body).unwrap_or_default();
        #[cfg(not(feature = "json"))]
        let body = ErrorBody::default();
        Self::with_body(response, &body)
    }

    /// The same with a body that was parsed elsewhere, e.g. by the browser.
    pub fn with_body(response: &Response, body: &ErrorBody) -> Self {
        let kind = match response.status {
            401 => RefusalKind::Unauthorized,
            403 => RefusalKind::Forbidden,
            404 => RefusalKind::NotFound,
            412 => RefusalKind::Conflict,
            429 => RefusalKind::Throttled,
            _ if body.message().is_some_and(|text| text.contains(CONFLICT)) => {
                RefusalKind::Conflict
            }
            408 | 500..=599 => RefusalKind::Unavailable,
            _ => RefusalKind::Invalid,
        };
        Self {
            status: response.status,
            kind,
            code: body.code().map(Box::from),
            message: body.message().map(Box::from),
            retry_after: response.retry_after.as_deref().and_then(RetryAfter::read),
            trace: response.trace.clone(),
        }
    }

    /// Whether the same request may succeed later: throttling, an unavailable service, and an update
    /// that met another one. A 412 is not: read the row again first. 501 never comes to be.
    pub fn is_retryable(&self) -> bool {
        match self.kind {
            RefusalKind::Throttled => true,
            RefusalKind::Unavailable => self.status != 501,
            RefusalKind::Conflict => self.status != 412,
            RefusalKind::Unauthorized
            | RefusalKind::Forbidden
            | RefusalKind::NotFound
            | RefusalKind::Invalid => false,
        }
    }

    /// What the status means, in words that say what to do.
    pub fn advice(&self) -> &'static str {
        match self.kind {
            RefusalKind::Unauthorized => {
                "the token was not accepted: check the app's client id on Talent's page Microsoft Entra \
                 ID applications and the roles of the user it is mapped to"
            }
            RefusalKind::Forbidden => "the user's roles in Talent do not allow it",
            RefusalKind::NotFound => "there is no such row, or this user may not see it",
            RefusalKind::Conflict => "the row was changed by somebody else in the meantime",
            RefusalKind::Throttled => "Talent asks for fewer requests",
            RefusalKind::Invalid => "Talent did not accept the request",
            RefusalKind::Unavailable => "Talent is not available now",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Talent answered {}: ", self.status)?;
        match &self.message {
            Some(message) => f.write_str(message),
            None => f.write_str(self.advice()),
        }
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
#[cfg(feature = "json")]
mod tests;
