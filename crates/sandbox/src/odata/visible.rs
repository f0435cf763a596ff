//! Which rows a caller may read.

use std::collections::HashSet;

use super::caller::Sees;
use crate::rows::{Row, Tables, Value};
use crate::schema::{About, EntityType, Property};

/// The rows of one entity type that a caller may read.
pub(super) enum Visible<'a> {
    All,
    /// Rows whose property names one of these workers, or nobody.
    Workers(&'a HashSet<String>, &'a Property),
    /// Rows whose property names the party of one of these workers.
    Parties(&'a HashSet<String>, &'a Property, &'a Tables),
}

impl<'a> Visible<'a> {
    pub(super) fn new(tables: &'a Tables, entity: &'a EntityType, sees: &'a Sees) -> Self {
        let Sees::Workers(numbers) = sees else {
            return Self::All;
        };
        match entity.about {
            About::Nobody => Self::All,
            About::Worker(property) => entity
                .column(property)
                .map_or(Self::All, |p| Self::Workers(numbers, p)),
            About::Party(property) => entity
                .column(property)
                .map_or(Self::All, |p| Self::Parties(numbers, p, tables)),
        }
    }

    pub(super) fn row(&self, row: &Row) -> bool {
        match self {
            Self::All => true,
            Self::Workers(numbers, property) => {
                let number = row.text(property);
                number.is_empty() || numbers.contains(number)
            }
            Self::Parties(numbers, property, tables) => {
                let party = Value::from(row.text(property));
                let workers = tables.find("Workers", "PartyNumber", &party);
                workers
                    .iter()
                    .any(|worker| numbers.contains(worker.text("PersonnelNumber")))
            }
        }
    }

    pub(super) fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }
}
