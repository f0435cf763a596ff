//! One stored table.

use std::sync::Arc;

use super::index::Index;
use super::{Row, RowKey, Value};
use crate::schema::{EntityType, Property};

/// One stored table: rows in slots that never move, their order by key, and indexes.
#[derive(Debug, Default)]
pub struct Table {
    slots: Vec<Option<Arc<Row>>>,
    order: Vec<u32>,
    indexes: Vec<Index>,
}

impl Table {
    pub(super) fn new(owner: &EntityType) -> Self {
        let indexes = owner
            .columns
            .iter()
            .filter(|p| p.indexed)
            .map(Index::new)
            .collect();
        Self {
            indexes,
            ..Self::default()
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// There is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Rows in key order, from a position on.
    pub fn rows_from(&self, position: usize) -> impl Iterator<Item = &Arc<Row>> {
        self.order
            .iter()
            .skip(position)
            .filter_map(|slot| self.row(*slot))
    }

    /// The row with a key.
    #[must_use]
    pub fn get(&self, key: &RowKey) -> Option<&Arc<Row>> {
        let at = self.position(key).ok()?;
        self.row(*self.order.get(at)?)
    }

    /// There is an index on this column.
    #[must_use]
    pub fn is_indexed(&self, property: &Property) -> bool {
        self.index(property).is_some()
    }

    /// The rows whose indexed column has this value, in key order; `None` without an index. A
    /// default value is not indexed, so it finds `None` too.
    #[must_use]
    pub fn find(&self, property: &Property, value: &Value) -> Option<Vec<&Arc<Row>>> {
        if *value == property.kind.default_value() {
            return None;
        }
        let slots = self.index(property)?.slots(value);
        let mut rows: Vec<&Arc<Row>> = slots.iter().filter_map(|slot| self.row(*slot)).collect();
        rows.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        Some(rows)
    }

    fn index(&self, property: &Property) -> Option<&Index> {
        self.indexes
            .iter()
            .find(|index| index.property.column == property.column)
    }

    fn row(&self, slot: u32) -> Option<&Arc<Row>> {
        self.slots.get(slot as usize).and_then(Option::as_ref)
    }

    /// Where a key stands in the order, or would stand.
    fn position(&self, key: &RowKey) -> Result<usize, usize> {
        if self
            .order
            .last()
            .and_then(|slot| self.row(*slot))
            .is_none_or(|last| last.key < *key)
        {
            return Err(self.order.len());
        }
        self.order.binary_search_by(|slot| {
            self.row(*slot)
                .map_or(std::cmp::Ordering::Less, |row| row.key.cmp(key))
        })
    }

    /// Adds a row; false when its key is taken.
    pub(super) fn insert(&mut self, row: Row) -> bool {
        let Err(at) = self.position(&row.key) else {
            return false;
        };
        let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        for index in &mut self.indexes {
            index.add(&row, slot);
        }
        self.slots.push(Some(Arc::new(row)));
        self.order.insert(at, slot);
        true
    }

    /// Puts another version of a row in its place; gives the one that was there.
    pub(super) fn replace(&mut self, row: Arc<Row>) -> Option<Arc<Row>> {
        let slot = *self.order.get(self.position(&row.key).ok()?)?;
        let place = self.slots.get_mut(slot as usize)?;
        let before = place.replace(row.clone())?;
        for index in &mut self.indexes {
            if before.stored(&index.property) != row.stored(&index.property) {
                index.remove(&before, slot);
                index.add(&row, slot);
            }
        }
        Some(before)
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, key: &RowKey) -> Option<Arc<Row>> {
        let at = self.position(key).ok()?;
        let slot = *self.order.get(at)?;
        let row = self.slots.get_mut(slot as usize)?.take()?;
        self.order.remove(at);
        for index in &mut self.indexes {
            index.remove(&row, slot);
        }
        Some(row)
    }

    /// All rows in key order, to come back to.
    pub(super) fn snapshot(&self) -> Vec<Arc<Row>> {
        self.rows_from(0).cloned().collect()
    }

    /// Back to a snapshot.
    pub(super) fn restore(&mut self, rows: &[Arc<Row>]) {
        self.slots = rows.iter().cloned().map(Some).collect();
        self.order = (0..u32::try_from(rows.len()).unwrap_or(u32::MAX)).collect();
        for index in &mut self.indexes {
            index.clear();
            for (slot, row) in (0..).zip(rows) {
                index.add(row, slot);
            }
        }
    }
}
