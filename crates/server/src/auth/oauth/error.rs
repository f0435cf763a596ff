use std::time::Duration;

use eloops_talent::Response;
use serde::Deserialize;

use crate::transport::Failure;

/// Words that say "only the person can help" (as MSAL decides it, in its source).
const NEEDS_PERSON: [&str; 5] = [
    "interaction_required",
    "consent_required",
    "login_required",
    "bad_token",
    "invalid_grant",
];
/// AADSTS65001 and 90094: nobody, or no administrator, consented. How they pair with `error` is not documented, so
/// here the number counts beside the words.
const CONSENT_CODES: [i64; 2] = [65_001, 90_094];

/// Why there are no tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The sign-in service says no.
    #[error("the sign-in service refused: {} {:?}", .0.error, .0.codes)]
    Refused(Box<Refusal>),
    /// It could not be asked, or its answer could not be read.
    #[error("the sign-in service cannot be asked: {0}")]
    Unavailable(Outage),
}

/// The sign-in service's no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// OAuth's error word, such as `invalid_grant`.
    pub error: String,
    /// Microsoft's second word, such as `consent_required`.
    pub suberror: Option<String>,
    /// Entra's numbers (AADSTS…).
    pub codes: Vec<i64>,
    /// The claims challenge to relay, as JSON text (Microsoft Learn: claims-challenge).
    pub claims: Option<String>,
    /// Microsoft's own words. They may name a person: show them only where the app asked for itself.
    pub message: String,
}

/// Why the sign-in service could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Outage {
    /// In words, for the log.
    pub reason: String,
    /// How long it asked us to wait.
    pub retry_after: Option<Duration>,
    /// Whether it may pass by itself.
    pub passes: bool,
}

impl Outage {
    /// One that may pass by itself.
    #[must_use]
    pub fn passing(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            retry_after: None,
            passes: true,
        }
    }
}

impl TokenError {
    /// Whether only the person can help, by signing in again.
    #[must_use]
    pub fn needs_person(&self) -> bool {
        matches!(self, Self::Refused(refusal) if NEEDS_PERSON.contains(&refusal.error.as_str()))
    }

    /// Whether consent to the app's permissions is what is missing.
    #[must_use]
    pub fn lacks_consent(&self) -> bool {
        let Self::Refused(refusal) = self else {
            return false;
        };
        refusal.error == "consent_required"
            || refusal.suberror.as_deref() == Some("consent_required")
            || refusal
                .codes
                .iter()
                .any(|code| CONSENT_CODES.contains(code))
    }

    /// Whether asking again later may help.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Unavailable(outage) if outage.passes)
    }

    /// How long the sign-in service asked us to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Unavailable(outage) => outage.retry_after,
            Self::Refused(_) => None,
        }
    }

    /// The error where the app asked for itself: with Microsoft's own words, which name no person then.
    #[must_use]
    pub fn in_full(&self) -> String {
        match self {
            Self::Refused(refusal) => {
                let Refusal { error, message, .. } = &**refusal;
                format!("Microsoft's sign-in refused the app ({error}): {message}")
            }
            Self::Unavailable(_) => self.to_string(),
        }
    }

    /// Reads an answer that brings no tokens. Microsoft says to react to `error` only (reference-error-codes).
    pub(super) fn of(response: &Response, retry_after: Option<Duration>) -> Self {
        #[derive(Deserialize)]
        struct Body {
            error: String,
            suberror: Option<String>,
            #[serde(default)]
            error_codes: Vec<i64>,
            claims: Option<String>,
            #[serde(default)]
            error_description: String,
        }
        let status = response.status;
        let busy = |reason: String| {
            Self::Unavailable(Outage {
                retry_after,
                ..Outage::passing(reason)
            })
        };
        if status == 429 || status >= 500 {
            return busy(format!("it answered {status}"));
        }
        match serde_json::from_slice::<Body>(&response.body) {
            Ok(body) if body.error == "temporarily_unavailable" => busy(body.error),
            Ok(body) => Self::Refused(Box::new(Refusal {
                error: body.error,
                suberror: body.suberror,
                codes: body.error_codes,
                claims: body.claims,
                // The lines after the first are trace ids and times.
                message: body
                    .error_description
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            })),
            Err(_) => Self::unreadable(status),
        }
    }

    /// An answer that is none.
    pub(super) fn unreadable(status: u16) -> Self {
        Self::Unavailable(Outage {
            reason: format!(
                "its answer (status {status}) cannot be read; check ELOOPS_AUTHORITY and ELOOPS_TENANT"
            ),
            retry_after: None,
            passes: false,
        })
    }
}

impl From<Failure> for TokenError {
    fn from(failure: Failure) -> Self {
        Self::Unavailable(Outage::passing(failure.to_string()))
    }
}
