//! `$orderby`.

use std::cmp::Ordering;

use super::error::Failure;
use super::filter::{Seen, order};
use crate::rows::Row;
use crate::schema::{EntityType, Kind, Property};

/// An order of rows; rows that are equal in it stay in key order.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    /// Property, and whether it descends.
    by: Vec<(Property, bool)>,
    /// The order is that of the keys.
    pub(super) is_key_order: bool,
}

/// Reads `LastName desc,FirstName`; no text is key order.
pub(super) fn parse(entity: &EntityType, text: Option<&str>) -> Result<Order, Failure> {
    let mut by = Vec::new();
    for part in text.iter().flat_map(|text| text.split(',')) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let (name, descending) = match words.as_slice() {
            [name] | [name, "asc"] => (*name, false),
            [name, "desc"] => (*name, true),
            _ => {
                return Err(Failure::bad(format!(
                    "Syntax error in '$orderby': '{part}'."
                )));
            }
        };
        let found = entity
            .property(name)
            .filter(|p| p.kind != Kind::Binary)
            .ok_or_else(|| {
                let entity = entity.full_name();
                Failure::bad(format!(
                    "Could not find a property named '{name}' on type '{entity}'."
                ))
            })?;
        by.push((found.clone(), descending));
    }
    let is_key_order = by
        .iter()
        .zip(entity.key_properties())
        .all(|((property, descending), key)| property.name == key.name && !descending)
        && by.len() <= entity.key.len();
    Ok(Order { by, is_key_order })
}

impl Order {
    pub(super) fn compare(&self, a: &Row, b: &Row) -> Ordering {
        for (property, descending) in &self.by {
            let ordering = order(Seen::of(property, a), Seen::of(property, b));
            let ordering = ordering.unwrap_or(Ordering::Equal);
            if ordering.is_ne() {
                return if *descending {
                    ordering.reverse()
                } else {
                    ordering
                };
            }
        }
        a.key().cmp(b.key())
    }
}
