//! One stored row.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::cell::Cells;
use super::{RowKey, Value};
use crate::schema::Property;

/// One stored row: its key, its version, and the values that differ from the defaults.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) key: RowKey,
    pub(super) cells: Cells,
    pub(super) version: u32,
    pub(super) record_id: u64,
}

impl Row {
    /// The row's key.
    #[must_use]
    pub fn key(&self) -> &RowKey {
        &self.key
    }

    /// The stored value of a column; `None` stands for the kind's default.
    #[must_use]
    pub fn stored(&self, property: &Property) -> Option<&Value> {
        self.cells.get(property.column)
    }

    /// The value of a column, the default where nothing is stored.
    #[must_use]
    pub fn value(&self, property: &Property) -> Value {
        self.stored(property)
            .cloned()
            .unwrap_or_else(|| property.kind.default_value())
    }

    /// The text of a column, `""` where nothing is stored or it is not a text.
    #[must_use]
    pub fn text(&self, property: &Property) -> &str {
        self.stored(property).map_or("", Value::as_text)
    }

    /// `W/"…"`: base64 of `'<recversion>,<RecId>'`, as seen in the field.
    #[must_use]
    pub fn etag(&self) -> String {
        let inner = format!("'{},{}'", self.version, self.record_id);
        format!("W/\"{}\"", STANDARD.encode(inner))
    }
}
