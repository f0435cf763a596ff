use std::fmt;

use super::{rows::BadRow, target::Target};

/// Why a worker is left alone. The texts are for the administrator: what is the matter, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Skip {
    /// Nothing to call them.
    NoFirstName,
    NoLastName,
    /// No way to reach them.
    NoContact,
    /// Left, and never was a member.
    LeftBefore,
    /// A `WorkerStatus` that this version does not know.
    UnclearStatus(Box<str>),
    /// The same Microsoft account as the worker with this number.
    SharedAccount(Box<str>),
    /// A row could not be read.
    Unreadable(BadRow),
    /// Positions could not be read, and this line came out broken.
    LineUnreadable,
    /// A member whom the feed does not name.
    NotInFeed {
        grace_days: Option<u64>,
    },
    /// Asked for one worker, and neither Talent nor Eloops knows the number.
    Unknown(Box<str>),
}

/// What a new member cannot do without.
pub(super) fn missing(target: &Target<'_>) -> Option<Skip> {
    if target.first_name().is_none() {
        Some(Skip::NoFirstName)
    } else if target.last_name().is_none() {
        Some(Skip::NoLastName)
    } else if target.email().is_none() && target.phone().is_none() {
        Some(Skip::NoContact)
    } else {
        None
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFirstName => f.write_str("no first name in Talent; add it to the worker"),
            Self::NoLastName => f.write_str("no last name in Talent; add it to the worker"),
            Self::NoContact => {
                f.write_str("neither an e-mail nor a phone number in Talent; add one to the worker")
            }
            Self::LeftBefore => f.write_str("has left, and was not a member before"),
            Self::UnclearStatus(word) => write!(
                f,
                "Talent's WorkerStatus is \"{word}\", which this version does not know; nothing was changed"
            ),
            Self::SharedAccount(number) => write!(
                f,
                "the same Microsoft account (object id) as at worker {number}; an account belongs to one \
                 person, correct it in Talent"
            ),
            Self::Unreadable(BadRow { set, reason, .. }) => {
                write!(f, "a row of {set} cannot be read: {reason}")
            }
            Self::LineUnreadable => f.write_str(
                "a row of Positions cannot be read, and this reporting line came out broken; nothing was changed",
            ),
            Self::NotInFeed { grace_days: Some(days) } => write!(
                f,
                "missing from the feed; within the grace period of {days} days nothing is changed"
            ),
            Self::NotInFeed { grace_days: None } => {
                f.write_str("missing from the feed; nothing is changed")
            }
            Self::Unknown(_) => f.write_str("Talent has no worker with this number"),
        }
    }
}
