//! One part of what the card shows: on its way, here, or missing.

use crate::failure::Failure;

/// A part that one request brings.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Half<T> {
    /// Asked for; no answer yet.
    #[default]
    Waiting,
    /// Here.
    Here(Box<T>),
    /// Not to be had, and why.
    Missing(Failure),
}

impl<T> Half<T> {
    /// The part, when it is here.
    pub fn here(&self) -> Option<&T> {
        match self {
            Self::Here(part) => Some(part),
            _ => None,
        }
    }

    /// Why it is missing, when it is.
    pub fn missing(&self) -> Option<&Failure> {
        match self {
            Self::Missing(failure) => Some(failure),
            _ => None,
        }
    }

    /// Whether the answer is still to come.
    pub fn waiting(&self) -> bool {
        matches!(self, Self::Waiting)
    }
}

impl<T> From<Result<Box<T>, Failure>> for Half<T> {
    fn from(result: Result<Box<T>, Failure>) -> Self {
        match result {
            Ok(part) => Self::Here(part),
            Err(failure) => Self::Missing(failure),
        }
    }
}
