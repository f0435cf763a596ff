//! Asking a row.

use std::cmp::Ordering;

use uuid::Uuid;

use super::math::calculate;
use super::{Comparison, Operand, Test};
use crate::odata::error::Failure;
use crate::rows::{Row, Value};
use crate::schema::{EMPTY_DATE, EMPTY_MOMENT, Kind, NEVER, Property};

/// A value looked at in place.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(in crate::odata) enum Seen<'a> {
    Null,
    Text(&'a str),
    Int(i64),
    Decimal(f64),
    Time(i64),
    Guid(Uuid),
    Member(u8),
}

impl Test {
    /// Whether the row meets the condition.
    ///
    /// Fails with 400 where a calculation divides by zero or overflows.
    pub(in crate::odata) fn holds(&self, row: &Row) -> Result<bool, Failure> {
        Ok(match self {
            Self::And(all) => {
                for test in all {
                    if !test.holds(row)? {
                        return Ok(false);
                    }
                }
                true
            }
            Self::Or(any) => {
                for test in any {
                    if test.holds(row)? {
                        return Ok(true);
                    }
                }
                false
            }
            Self::Not(test) => !test.holds(row)?,
            Self::Fixed(value) => *value,
            Self::Like {
                property,
                wildcard,
                negated,
            } => wildcard.matches(row.text(property)) != *negated,
            Self::Compare { left, op, right } => {
                let ordering = order(left.value(row)?, right.value(row)?);
                match op {
                    Comparison::Eq => ordering == Some(Ordering::Equal),
                    Comparison::Ne => ordering != Some(Ordering::Equal),
                    Comparison::Gt => ordering == Some(Ordering::Greater),
                    Comparison::Ge => ordering.is_some_and(Ordering::is_ge),
                    Comparison::Lt => ordering == Some(Ordering::Less),
                    Comparison::Le => ordering.is_some_and(Ordering::is_le),
                }
            }
        })
    }
}

impl Operand {
    fn value<'a>(&'a self, row: &'a Row) -> Result<Seen<'a>, Failure> {
        Ok(match self {
            Self::Property(property) => Seen::of(property, row),
            Self::Value(value) => Seen::value(value),
            Self::Math { left, op, right } => calculate(left.value(row)?, *op, right.value(row)?)?,
        })
    }
}

impl<'a> Seen<'a> {
    /// The value of a property in a row.
    pub(in crate::odata) fn of(property: &Property, row: &'a Row) -> Self {
        row.stored(property)
            .map_or_else(|| Self::default(property.kind), Self::value)
    }

    fn value(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(text),
            Value::Int(number) => Self::Int(*number),
            Value::Decimal(number) => Self::Decimal(*number),
            Value::Time(seconds) => Self::Time(*seconds),
            Value::Guid(guid) => Self::Guid(*guid),
            Value::Member(position) => Self::Member(*position),
            Value::Null | Value::Bytes(_) | Value::Drawn(_) => Self::Null,
        }
    }

    fn default(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(""),
            Kind::Int32 | Kind::Int64 => Self::Int(0),
            Kind::Decimal => Self::Decimal(0.0),
            Kind::Guid => Self::Guid(Uuid::nil()),
            Kind::Date => Self::Time(EMPTY_DATE),
            Kind::UtcDateTime => Self::Time(EMPTY_MOMENT),
            Kind::OpenEnd => Self::Time(NEVER),
            Kind::Enum(_) => Self::Member(0),
            Kind::Binary => Self::Null,
        }
    }
}

/// Of two values of one type; `None` when they are not (a number and null).
pub(in crate::odata) fn order(left: Seen<'_>, right: Seen<'_>) -> Option<Ordering> {
    match (left, right) {
        (Seen::Int(left), Seen::Decimal(right)) => (left as f64).partial_cmp(&right),
        (Seen::Decimal(left), Seen::Int(right)) => left.partial_cmp(&(right as f64)),
        (left, right) if std::mem::discriminant(&left) == std::mem::discriminant(&right) => {
            left.partial_cmp(&right)
        }
        _ => None,
    }
}
