//! The stored, non-default values of a row.

use super::Value;

/// Column and value, ordered by column.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells(Vec<(u16, Value)>);

impl Cells {
    pub(super) fn get(&self, column: u16) -> Option<&Value> {
        let at = self
            .0
            .binary_search_by_key(&column, |(column, _)| *column)
            .ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Sets a value, or removes it where it is the default.
    pub(super) fn set(&mut self, column: u16, value: Value, default: &Value) {
        let found = self.0.binary_search_by_key(&column, |(column, _)| *column);
        match (found, value == *default) {
            (Ok(at), true) => {
                self.0.remove(at);
            }
            (Ok(at), false) => self.0[at].1 = value,
            (Err(_), true) => {}
            (Err(at), false) => self.0.insert(at, (column, value)),
        }
    }

    pub(super) fn shrink(&mut self) {
        self.0.shrink_to_fit();
    }
}
