use eloops_talent::TalentError;
use thiserror::Error;

use super::Failure;
use crate::auth::oauth::TokenError;

/// Why a call to Talent came to nothing.
#[derive(Debug, Error)]
pub enum CallError {
    /// Microsoft's sign-in gave no token.
    #[error("{}", .0.in_full())]
    Token(#[from] TokenError),
    /// Talent could not be reached, or the answer was lost on the way.
    #[error(transparent)]
    Network(#[from] Failure),
    /// Talent refused, or answered something unreadable.
    #[error(transparent)]
    Talent(#[from] TalentError),
}

impl CallError {
    /// Whether the same call may succeed later.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Token(error) => error.is_retryable(),
            Self::Network(_) => true,
            Self::Talent(error) => error.is_retryable(),
        }
    }

    /// Whether Talent said that there is no such row.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Talent(error) if error.is_not_found())
    }
}
