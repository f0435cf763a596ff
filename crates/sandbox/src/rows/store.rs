//! The tables, shared between requests.

use std::sync::{Arc, PoisonError, RwLock};

use super::tables::{Snapshot, Tables};
use crate::schema::{CustomFieldError, CustomFieldType, Schema};

/// The tables of one sandbox, shared between requests; a clone is the same store. Work under
/// the lock is short: answers are written after it was given back.
#[derive(Clone, Debug)]
pub struct Store(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    tables: RwLock<Tables>,
    seed: RwLock<Option<Snapshot>>,
}

impl Store {
    /// An empty store; custom fields will be called `<name><suffix>` in OData, usually `_Custom`.
    #[must_use]
    pub fn new(suffix: &str) -> Self {
        let tables = Tables::new(Schema::new(suffix));
        Self(Arc::new(Shared {
            tables: RwLock::new(tables),
            seed: RwLock::new(None),
        }))
    }

    /// Reads; many can at once. Do not call the store again from inside.
    pub fn read<T>(&self, work: impl FnOnce(&Tables) -> T) -> T {
        work(&self.0.tables.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Writes, alone. Do not call the store again from inside.
    pub fn write<T>(&self, work: impl FnOnce(&mut Tables) -> T) -> T {
        work(
            &mut self
                .0
                .tables
                .write()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// The schema as it is now.
    #[must_use]
    pub fn schema(&self) -> Arc<Schema> {
        self.read(|tables| tables.schema().clone())
    }

    /// Remembers the content as the seed that [`reset`](Self::reset) comes back to.
    pub fn keep_as_seed(&self) {
        let snapshot = self.read(Tables::snapshot);
        *self.0.seed.write().unwrap_or_else(PoisonError::into_inner) = Some(snapshot);
    }

    /// Back to the seed, rows and custom fields; does nothing when no seed was kept.
    pub fn reset(&self) {
        let seed = self.0.seed.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(seed) = seed.as_ref() {
            self.write(|tables| tables.restore(seed));
        }
    }

    /// Creates a custom field on the worker table. Until it is enabled, OData does not show it.
    ///
    /// # Errors
    /// The name is taken or not allowed, or the table is full.
    pub fn create_custom_field(
        &self,
        name: &str,
        field_type: CustomFieldType,
        label: &str,
        enabled: bool,
    ) -> Result<(), CustomFieldError> {
        self.write(|tables| {
            let next = tables
                .schema()
                .with_custom_field(name, field_type, label, enabled)?;
            tables.set_schema(next);
            Ok(())
        })
    }

    /// Enables a custom field on the Worker entity, or takes it off again: *Apply changes*.
    ///
    /// # Errors
    /// There is no such field.
    pub fn enable_custom_field(&self, name: &str, enabled: bool) -> Result<(), CustomFieldError> {
        self.write(|tables| {
            let next = tables.schema().with_enabled(name, enabled)?;
            tables.set_schema(next);
            Ok(())
        })
    }
}
