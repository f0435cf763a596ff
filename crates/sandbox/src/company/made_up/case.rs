//! The cases real companies have and tidy samples do not.

use jiff::civil::{Date, date};
use rand::Rng;

use super::{DOMAIN, Name, day, names, number};

/// What is special about a made-up worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Case {
    /// Nothing.
    Plain,
    /// Works under a contract, not an employment.
    Contractor,
    /// The employment has ended.
    Leaver,
    /// The employment begins in the future.
    HiredLater,
    /// The employment ends in the future.
    LeavesLater,
    /// Left and came back: two employments.
    Rehired,
    /// No address and no account.
    NoEmail,
    /// Shares the contact address of the worker before.
    DuplicateEmail,
    /// Contact address and sign-in name differ in case.
    UpperCaseEmail,
    NoPhone,
    NoTitle,
    NoDepartment,
    OtherLegalEntity,
    TwoPositions,
    /// Reports to a position nobody holds.
    VacantAbove,
    /// Reports to a position nobody knows.
    Orphan,
    /// Reports to the own position.
    OwnManager,
    /// This worker and the next report to each other.
    LoopFirst,
    LoopSecond,
    OneWordName,
    EmojiName,
    LongName,
    DecomposedName,
}

impl Case {
    /// The case of the worker at `index`: the broken lines once in a thousand, the rest once or
    /// more in a hundred.
    pub(super) fn of(index: u32) -> Self {
        match (index % 100, index % 1000) {
            (3, _) | (30..36, _) => Self::Contractor,
            (4, _) | (40..44, _) => Self::Leaver,
            (5, _) => Self::HiredLater,
            (6, _) => Self::LeavesLater,
            (7, _) => Self::NoEmail,
            (2, _) => Self::DuplicateEmail,
            (9, _) => Self::Rehired,
            (10, _) => Self::OneWordName,
            (11, _) => Self::EmojiName,
            (12, _) => Self::LongName,
            (13, _) => Self::VacantAbove,
            (14, _) => Self::UpperCaseEmail,
            (15, _) => Self::TwoPositions,
            (16, _) => Self::NoPhone,
            (17, _) => Self::OtherLegalEntity,
            (18, _) => Self::NoTitle,
            (19, _) => Self::NoDepartment,
            (20, _) => Self::DecomposedName,
            (_, 21) => Self::Orphan,
            (_, 22) => Self::OwnManager,
            (_, 23) => Self::LoopFirst,
            (_, 24) => Self::LoopSecond,
            _ => Self::Plain,
        }
    }

    pub(super) fn name(self, rng: &mut impl Rng) -> Name {
        match self {
            Self::OneWordName => names::one_word(rng),
            Self::EmojiName => names::emoji(rng),
            Self::LongName => names::long(rng),
            Self::DecomposedName => names::decomposed(rng),
            _ => names::name(rng),
        }
    }

    /// The first day of the (first) employment.
    pub(super) fn hired(self, rng: &mut impl Rng) -> Date {
        match self {
            Self::HiredLater => day(rng, date(2027, 1, 1), 1_000),
            Self::Leaver => day(rng, date(2010, 1, 1), 5_000),
            _ => day(rng, date(2006, 1, 1), 7_000),
        }
    }

    /// The contact address.
    pub(super) fn email(self, login: &str, index: u32) -> String {
        match self {
            Self::NoEmail => String::new(),
            // Whose address it is cannot be told from it: that is the case.
            Self::DuplicateEmail => format!("team{}@{DOMAIN}", number(index)),
            Self::UpperCaseEmail => format!("{login}@{DOMAIN}").to_uppercase(),
            _ if Self::of(index + 1) == Self::DuplicateEmail => {
                format!("team{}@{DOMAIN}", number(index + 1))
            }
            _ => format!("{login}@{DOMAIN}"),
        }
    }
}
