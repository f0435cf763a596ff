//! What can go wrong at the other side.
//!
//! A refusal is an answer with a status that is no success, and keeps Talent's own words: the Infolog
//! text says what a person has to change. Everything else means that an answer came which this
//! protocol does not allow. Neither repeats a person's data.

mod body;
mod refusal;
mod retry_after;

pub use body::ErrorBody;
pub use refusal::{Refusal, RefusalKind};
pub use retry_after::RetryAfter;

use crate::{LinkError, OutOfRange, Response, Trace};

/// Why a read or a write did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TalentError {
    /// Talent said no.
    #[error(transparent)]
    Refused(Box<Refusal>),
    /// A success whose body is not what it should be: cut short, or not from Talent at all.
    #[error("Talent's answer cannot be read: {what}")]
    Unreadable {
        /// What was expected and where it ended, without any value.
        what: Box<str>,
        /// Finds the request again.
        trace: Trace,
    },
    /// The link to the next page leads astray.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// A number that the custom field cannot hold.
    #[error(transparent)]
    OutOfRange(#[from] OutOfRange),
}

impl TalentError {
    /// Whether the same request may succeed later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.is_retryable(),
            Self::Unreadable { .. } => true,
            Self::Link(_) | Self::OutOfRange(_) => false,
        }
    }

    /// The refusal, if Talent said no.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Whether Talent said that there is no such row or set.
    pub fn is_not_found(&self) -> bool {
        self.refusal()
            .is_some_and(|refusal| refusal.kind == RefusalKind::NotFound)
    }

    pub(crate) fn unreadable(what: impl Into<Box<str>>, response: &Response) -> Self {
        Self::Unreadable {
            what: what.into(),
            trace: response.trace.clone(),
        }
    }
}

impl From<Refusal> for TalentError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

/// Passes successes on and turns everything else into a refusal.
pub(crate) fn success(response: &Response) -> Result<&Response, TalentError> {
    if response.is_success() {
        Ok(response)
    } else {
        Err(Refusal::read(response).into())
    }
}
