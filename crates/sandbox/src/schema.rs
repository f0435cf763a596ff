//! What Talent's entities look like: sets, properties, keys, enums and navigations, as in the
//! `$metadata` of a finance and operations environment. The tables themselves stand in
//! [`worker`], [`position`], [`employment`], [`organization`] and [`person`].

mod build;
mod csdl;
pub mod custom;
mod define;
mod employment;
pub mod enums;
mod kind;
mod organization;
mod person;
mod position;
mod worker;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

pub use custom::{CustomField, CustomFieldError, CustomFieldType};
pub use enums::EnumType;
pub use kind::{EMPTY_DATE, EMPTY_MOMENT, Kind, NEVER};

/// The namespace of every entity and enum type.
pub const NAMESPACE: &str = "Microsoft.Dynamics.DataEntities";

/// All entity types of the sandbox, with the custom fields as they are now.
///
/// Cheap to share behind an [`Arc`]; a change of custom fields makes a new one.
#[derive(Clone, Debug)]
pub struct Schema {
    types: Vec<EntityType>,
    by_set: HashMap<&'static str, usize>,
    custom: Vec<CustomField>,
    suffix: Arc<str>,
    document: OnceLock<Bytes>,
}

/// One entity type and its set.
#[derive(Clone, Debug)]
pub struct EntityType {
    /// The set's name, `Workers`.
    pub set: &'static str,
    /// The type's name, `Worker`.
    pub name: &'static str,
    /// The entity's name inside Talent, `HcmWorkerEntity`; error messages carry it.
    pub ax: &'static str,
    /// Which stored table holds the rows; a view such as `PositionsV2` shares its base's.
    pub table: usize,
    /// Positions of the key properties in `properties`, in key order.
    pub key: Vec<usize>,
    /// What a client sees, in `$metadata` order.
    pub properties: Vec<Property>,
    /// Every stored column; longer than `properties` where custom fields wait to be enabled.
    pub columns: Vec<Property>,
    /// First-level navigations.
    pub navigations: &'static [Navigation],
    /// Which person a row is about.
    pub about: About,
    by_name: HashMap<Arc<str>, usize>,
    column_by_name: HashMap<Arc<str>, usize>,
}

/// One property of an entity type, and the column it is stored in.
#[derive(Clone, Debug)]
pub struct Property {
    /// The property's name, in its true letter case.
    pub name: Arc<str>,
    /// The type of its values.
    pub kind: Kind,
    /// Position of the value in a stored row.
    pub column: u16,
    /// Part of the key.
    pub key: bool,
    /// Talent refuses an empty value.
    pub required: bool,
    /// Lookups by value are fast.
    pub indexed: bool,
    /// The set and property that must know a non-empty value.
    pub related: Option<(&'static str, &'static str)>,
    /// Text of the `LabelId` annotation.
    pub label: Arc<str>,
}

/// A way from a row to rows of another set.
#[derive(Clone, Copy, Debug)]
pub struct Navigation {
    /// The navigation property's name.
    pub name: &'static str,
    /// The set it leads to.
    pub target: &'static str,
    /// Many rows (an array) or at most one (an object or `null`).
    pub many: bool,
    /// The property on this side.
    pub from: &'static str,
    /// The key or indexed property on the other side that equals it.
    pub to: &'static str,
}

/// Whom a row is about: decides which rows a user with delegated rights may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Nobody: departments, titles.
    Nobody,
    /// The worker with the personnel number in this property; a row without one is about nobody.
    Worker(&'static str),
    /// The worker with the party number in this property.
    Party(&'static str),
}

impl Schema {
    /// The schema without custom fields; enabled ones will be called `<name><suffix>`.
    #[must_use]
    pub fn new(suffix: &str) -> Self {
        build::schema(suffix)
    }

    /// Every entity type, in `$metadata` order.
    #[must_use]
    pub fn types(&self) -> &[EntityType] {
        &self.types
    }

    /// The type of a set, by the set's exact name.
    #[must_use]
    pub fn set(&self, name: &str) -> Option<&EntityType> {
        self.by_set.get(name).map(|at| &self.types[*at])
    }

    /// How many stored tables there are.
    #[must_use]
    pub fn table_count(&self) -> usize {
        self.types.iter().map(|t| t.table + 1).max().unwrap_or(0)
    }

    /// The type that owns a stored table (never a view).
    #[must_use]
    pub fn owner(&self, table: usize) -> Option<&EntityType> {
        self.types.iter().find(|t| t.table == table)
    }

    /// The custom fields of the worker table, enabled or not, in order of creation.
    #[must_use]
    pub fn custom_fields(&self) -> &[CustomField] {
        &self.custom
    }

    /// The `$metadata` document, built at the first call and kept.
    #[must_use]
    pub fn document(&self) -> Bytes {
        self.document
            .get_or_init(|| Bytes::from(csdl::write(self)))
            .clone()
    }
}

impl EntityType {
    /// A visible property by its exact name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.by_name.get(name).map(|at| &self.properties[*at])
    }

    /// A stored column by its exact name, also when it is a custom field not yet enabled.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Property> {
        self.column_by_name.get(name).map(|at| &self.columns[*at])
    }

    /// A navigation by its exact name.
    #[must_use]
    pub fn navigation(&self, name: &str) -> Option<&'static Navigation> {
        self.navigations.iter().find(|n| n.name == name)
    }

    /// The key properties in order.
    pub fn key_properties(&self) -> impl ExactSizeIterator<Item = &Property> {
        self.key.iter().map(|at| &self.properties[*at])
    }

    /// The type's full name, `Microsoft.Dynamics.DataEntities.Worker`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{NAMESPACE}.{}", self.name)
    }
}
