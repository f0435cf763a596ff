//! A row with its type: reading by property name.

use std::sync::Arc;

use super::{Row, Value};
use crate::schema::EntityType;

/// A row together with its entity type, read by property name.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The type of the row.
    pub entity: &'a EntityType,
    /// The row itself.
    pub row: &'a Arc<Row>,
}

impl<'a> Record<'a> {
    /// The value of a property or of a custom field, enabled or not; `None` when the type has
    /// no such property.
    #[must_use]
    pub fn value(&self, property: &str) -> Option<Value> {
        self.entity
            .column(property)
            .map(|property| self.row.value(property))
    }

    /// A text; `""` when it is empty, not a text, or not a property.
    #[must_use]
    pub fn text(&self, property: &str) -> &'a str {
        self.entity
            .column(property)
            .map_or("", |property| self.row.text(property))
    }

    /// The name of an enum member; `""` when the property is not an enum.
    #[must_use]
    pub fn member(&self, property: &str) -> &'static str {
        let Some(property) = self.entity.column(property) else {
            return "";
        };
        match (property.kind, self.row.value(property)) {
            (crate::schema::Kind::Enum(of), Value::Member(position)) => of.member(position),
            _ => "",
        }
    }

    /// A number that is whole; `None` when the property is not one.
    #[must_use]
    pub fn int(&self, property: &str) -> Option<i64> {
        match self.value(property)? {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }

    /// A moment; `None` when the property is not one.
    #[must_use]
    pub fn time(&self, property: &str) -> Option<jiff::Timestamp> {
        match self.value(property)? {
            Value::Time(seconds) => jiff::Timestamp::from_second(seconds).ok(),
            _ => None,
        }
    }
}
