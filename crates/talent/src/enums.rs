//! Enums travel as member names. A member this version does not know is kept as text, so that a new
//! one at Microsoft's side is shown rather than lost.

use std::fmt;

use serde::{Deserialize, Deserializer};

macro_rules! members {
    ($(#[$about:meta])* $name:ident in $edm:literal, empty $empty:literal: $($(#[$member_about:meta])* $member:ident),+ $(,)?) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$member_about])* $member,)+
            /// A member this version does not know, in Talent's word.
            Other(Box<str>),
        }

        impl $name {
            /// The enum's name in the service's metadata, as enum literals in filters need it.
            pub const EDM: &'static str = $edm;

            /// Talent's word for it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$member => stringify!($member),)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $(stringify!($member) => Self::$member,)+
                    other => Self::Other(other.into()),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::from($empty)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Option::<Box<str>>::deserialize(deserializer)?;
                Ok(text.map_or_else(Self::default, |text| Self::from(&*text)))
            }
        }
    };
}

members! {
    /// `Workers.WorkerStatus`.
    WorkerStatus in "HcmWorkerStatus", empty "":
    /// Hired, not begun.
    Pending,
    /// With the company.
    Employed,
    /// Left.
    Terminated,
}

members! {
    /// `Workers.WorkerType`.
    WorkerType in "HcmWorkerRelationType", empty "":
    /// Has been both.
    Both,
    /// On the payroll.
    Employee,
    /// Works for another firm or alone.
    Contractor,
}

members! {
    /// `EmploymentsV2.WorkerType`.
    EmploymentType in "HcmEmploymentType", empty "":
    /// On the payroll.
    Employee,
    /// Works for another firm or alone.
    Contractor,
}

/// `NoYes`; anything but `Yes` is no.
pub(crate) fn yes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Option::<Box<str>>::deserialize(deserializer)?.is_some_and(|text| &*text == "Yes"))
}
