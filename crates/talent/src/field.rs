//! Custom fields: their true names, their types, and their values.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// A property's type in the service's metadata, as far as numbers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edm {
    /// `Edm.Int32`.
    Int32,
    /// `Edm.Int64`.
    Int64,
    /// `Edm.Decimal`: finance and operations' real number.
    Decimal,
}

impl Edm {
    /// The type's name in `$metadata`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Int32 => "Edm.Int32",
            Self::Int64 => "Edm.Int64",
            Self::Decimal => "Edm.Decimal",
        }
    }

    /// The number type of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Int32, Self::Int64, Self::Decimal]
            .into_iter()
            .find(|edm| edm.as_str() == name)
    }
}

/// A custom field that is there and enabled on the Worker entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomField {
    /// The property's name in OData, e.g. `EloopsCoins_Custom`.
    pub name: Box<str>,
    /// Its type.
    pub edm: Edm,
}

/// The number does not fit the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{value} does not fit the custom field `{field}` of type {edm}", edm = .edm.as_str())]
pub struct OutOfRange {
    /// The field's name.
    pub field: Box<str>,
    /// Its type.
    pub edm: Edm,
    /// The number.
    pub value: i64,
}

/// Finance and operations' real number has sixteen significant digits; beyond them a written value
/// would come back changed.
const DECIMAL_LIMIT: u64 = 10_u64.pow(16) - 1;

impl CustomField {
    /// The number as JSON text of the field's type.
    ///
    /// # Errors
    /// [`OutOfRange`] where the type cannot hold it.
    pub fn json(&self, value: i64) -> Result<String, OutOfRange> {
        let fits = match self.edm {
            Edm::Int32 => i32::try_from(value).is_ok(),
            Edm::Int64 => true,
            Edm::Decimal => value.unsigned_abs() <= DECIMAL_LIMIT,
        };
        if fits {
            Ok(value.to_string())
        } else {
            Err(OutOfRange {
                field: self.name.clone(),
                edm: self.edm,
                value,
            })
        }
    }
}

/// What a numeric custom field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// Null. Finance and operations shows zero instead; null comes from elsewhere.
    Empty,
    /// A whole number.
    Whole(i64),
    /// Anything else that a person put there, as text: `3.5`.
    Other(Box<str>),
}

impl FieldValue {
    /// The whole number, if it is one.
    pub fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(value) => Some(*value),
            _ => None,
        }
    }
}

/// As people write it; nothing when empty.
impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Whole(value) => value.fmt(f),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for FieldValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl serde::de::Visitor<'_> for Reader {
    type Value = FieldValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E>(self, value: i64) -> Result<FieldValue, E> {
        Ok(FieldValue::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<FieldValue, E> {
        Ok(i64::try_from(value).map_or_else(
            |_| FieldValue::Other(value.to_string().into()),
            FieldValue::Whole,
        ))
    }

    fn visit_f64<E>(self, value: f64) -> Result<FieldValue, E> {
        // 2^53: up to here a double holds every whole number exactly.
        let exact = value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0;
        Ok(if exact {
            FieldValue::Whole(value as i64)
        } else {
            FieldValue::Other(value.to_string().into())
        })
    }

    /// `IEEE754Compatible=true` puts Int64 and Decimal in quotes (OData JSON 4.01 §3.2).
    fn visit_str<E>(self, value: &str) -> Result<FieldValue, E> {
        Ok(match value.parse() {
            Ok(whole) => FieldValue::Whole(whole),
            Err(_) if value.is_empty() => FieldValue::Empty,
            Err(_) => FieldValue::Other(value.into()),
        })
    }

    fn visit_unit<E>(self) -> Result<FieldValue, E> {
        Ok(FieldValue::Empty)
    }

    fn visit_none<E>(self) -> Result<FieldValue, E> {
        Ok(FieldValue::Empty)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn field(edm: Edm) -> CustomField {
        CustomField {
            name: "EloopsCoins_Custom".into(),
            edm,
        }
    }

    #[test]
    fn numbers_of_every_form() {
        let read = |json| serde_json::from_str::<FieldValue>(json).unwrap();
        assert_eq!(read("120"), FieldValue::Whole(120));
        assert_eq!(read("-7"), FieldValue::Whole(-7));
        assert_eq!(read("120.0"), FieldValue::Whole(120));
        assert_eq!(read("\"120\""), FieldValue::Whole(120));
        assert_eq!(read("null"), FieldValue::Empty);
        assert_eq!(read("3.5"), FieldValue::Other("3.5".into()));
        assert_eq!(
            read("18446744073709551615"),
            FieldValue::Other("18446744073709551615".into())
        );
        assert!(serde_json::from_str::<FieldValue>("[1]").is_err());
    }

    #[test]
    fn what_does_not_fit_is_not_written() {
        assert_eq!(field(Edm::Int32).json(2_147_483_647).unwrap(), "2147483647");
        let error = field(Edm::Int32)
            .json(2_147_483_648)
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            "2147483648 does not fit the custom field `EloopsCoins_Custom` of type Edm.Int32"
        );
        assert_eq!(
            field(Edm::Int64).json(i64::MIN).unwrap(),
            i64::MIN.to_string()
        );
        assert!(field(Edm::Decimal).json(9_999_999_999_999_999).is_ok());
        assert!(field(Edm::Decimal).json(-10_000_000_000_000_000).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(value: i64) {
            for edm in [Edm::Int32, Edm::Int64, Edm::Decimal] {
                if let Ok(json) = field(edm).json(value) {
                    prop_assert_eq!(
                        serde_json::from_str::<FieldValue>(&json).unwrap(),
                        FieldValue::Whole(value)
                    );
                }
            }
        }
    }
}
