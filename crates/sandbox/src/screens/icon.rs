//! Icons, drawn for the sandbox.

use maud::{Markup, PreEscaped};

/// An icon; it is decoration beside a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Icon {
    Badge,
    Department,
    Door,
    Eye,
    People,
    Search,
    Sprout,
}

impl Icon {
    pub(super) fn draw(self) -> Markup {
        PreEscaped(
            match self {
                Self::Badge => include_str!("../../assets/icons/badge.svg"),
                Self::Department => include_str!("../../assets/icons/department.svg"),
                Self::Door => include_str!("../../assets/icons/door.svg"),
                Self::Eye => include_str!("../../assets/icons/eye.svg"),
                Self::People => include_str!("../../assets/icons/people.svg"),
                Self::Search => include_str!("../../assets/icons/search.svg"),
                Self::Sprout => include_str!("../../assets/icons/sprout.svg"),
            }
            .to_owned(),
        )
    }
}
