//! The types of property values.

use super::EnumType;
use super::enums::NO_YES;
use crate::rows::Value;

/// The type of a property: an EDM type, told apart by Talent's own (`AXType`) where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `Edm.String`; empty is `""`, never null.
    Text,
    /// `Edm.Int32`.
    Int32,
    /// `Edm.Int64`.
    Int64,
    /// `Edm.Decimal`.
    Decimal,
    /// `Edm.Guid`.
    Guid,
    /// `Edm.DateTimeOffset` of a day; empty is `1900-01-01T12:00:00Z`.
    Date,
    /// `Edm.DateTimeOffset` of a moment; empty is `1900-01-01T00:00:00Z`.
    UtcDateTime,
    /// A moment that ends something; empty is "never", `2154-12-31T23:59:59Z`.
    OpenEnd,
    /// An enum; empty is its first member.
    Enum(&'static EnumType),
    /// `Edm.Binary`, base64 on the wire; the only kind that can be null.
    Binary,
}

/// Seconds since the epoch of `1900-01-01T12:00:00Z`, an empty day.
pub const EMPTY_DATE: i64 = EMPTY_MOMENT + 12 * 3600;
/// Seconds since the epoch of `1900-01-01T00:00:00Z`, an empty moment.
pub const EMPTY_MOMENT: i64 = -2_208_988_800;
/// Seconds since the epoch of `2154-12-31T23:59:59Z`, "never".
pub const NEVER: i64 = 5_838_047_999;

impl Kind {
    /// `NoYes`, Talent's boolean.
    pub const NO_YES: Self = Self::Enum(&NO_YES);

    /// What a row without a value of its own holds.
    #[must_use]
    pub fn default_value(self) -> Value {
        match self {
            Self::Text => Value::Text(Box::from("")),
            Self::Int32 | Self::Int64 => Value::Int(0),
            Self::Decimal => Value::Decimal(0.0),
            Self::Guid => Value::Guid(uuid::Uuid::nil()),
            Self::Date => Value::Time(EMPTY_DATE),
            Self::UtcDateTime => Value::Time(EMPTY_MOMENT),
            Self::OpenEnd => Value::Time(NEVER),
            Self::Enum(_) => Value::Member(0),
            Self::Binary => Value::Null,
        }
    }

    /// The type's name in CSDL.
    #[must_use]
    pub fn edm(self) -> String {
        match self {
            Self::Text => "Edm.String".into(),
            Self::Int32 => "Edm.Int32".into(),
            Self::Int64 => "Edm.Int64".into(),
            Self::Decimal => "Edm.Decimal".into(),
            Self::Guid => "Edm.Guid".into(),
            Self::Date | Self::UtcDateTime | Self::OpenEnd => "Edm.DateTimeOffset".into(),
            Self::Enum(of) => of.full_name(),
            Self::Binary => "Edm.Binary".into(),
        }
    }

    /// The member of `Microsoft.Dynamics.OData.Core.V1.AXType`.
    #[must_use]
    pub fn ax_type(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Int32 => "Int32",
            Self::Int64 => "Int64",
            Self::Decimal => "Real",
            Self::Guid => "Guid",
            Self::Date => "Date",
            Self::UtcDateTime | Self::OpenEnd => "UtcDateTime",
            Self::Enum(_) => "Enum",
            Self::Binary => "Container",
        }
    }

    /// A moment or a day.
    #[must_use]
    pub fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::UtcDateTime | Self::OpenEnd)
    }

    /// A number that can be calculated with.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int32 | Self::Int64 | Self::Decimal)
    }
}
