//! Rows by the value of one column.

use std::collections::HashMap;

use super::key::index_text;
use super::{Row, Value};
use crate::schema::Property;

/// Slots of rows by the value of one column. Rows without a value of their own are not kept.
#[derive(Clone, Debug)]
pub(super) struct Index {
    pub(super) property: Property,
    slots: HashMap<Box<str>, Vec<u32>>,
}

impl Index {
    pub(super) fn new(property: &Property) -> Self {
        Self {
            property: property.clone(),
            slots: HashMap::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.slots.clear();
    }

    pub(super) fn add(&mut self, row: &Row, slot: u32) {
        if let Some(value) = row.stored(&self.property) {
            self.slots
                .entry(index_text(value).into_boxed_str())
                .or_default()
                .push(slot);
        }
    }

    pub(super) fn remove(&mut self, row: &Row, slot: u32) {
        let Some(text) = row.stored(&self.property).map(index_text) else {
            return;
        };
        if let Some(slots) = self.slots.get_mut(text.as_str()) {
            slots.retain(|known| *known != slot);
            if slots.is_empty() {
                self.slots.remove(text.as_str());
            }
        }
    }

    pub(super) fn slots(&self, value: &Value) -> &[u32] {
        let found = match value {
            Value::Text(text) => self.slots.get(text),
            other => self.slots.get(index_text(other).as_str()),
        };
        found.map_or(&[], Vec::as_slice)
    }
}
