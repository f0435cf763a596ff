//! All tables together, with the schema they follow.

use std::sync::Arc;

use super::cell::Cells;
use super::{Record, Row, RowError, RowKey, Table, Value};
use crate::schema::{EntityType, Property, Schema};

/// Talent's record ids begin above four bytes.
const FIRST_RECORD_ID: u64 = 68_719_476_736;

/// All tables and the schema they follow. Reached through [`Store`](super::Store).
#[derive(Debug)]
pub struct Tables {
    schema: Arc<Schema>,
    tables: Vec<Table>,
    next_record_id: u64,
}

/// A row as it was before a write; [`Tables::undo`] puts it back.
#[derive(Debug)]
pub struct Before {
    table: usize,
    row: Arc<Row>,
}

/// The whole content at one moment.
#[derive(Debug)]
pub(super) struct Snapshot {
    schema: Arc<Schema>,
    rows: Vec<Vec<Arc<Row>>>,
    next_record_id: u64,
}

impl Tables {
    pub(super) fn new(schema: Schema) -> Self {
        let tables = (0..schema.table_count())
            .map(|table| schema.owner(table).map(Table::new).unwrap_or_default())
            .collect();
        Self {
            schema: Arc::new(schema),
            tables,
            next_record_id: FIRST_RECORD_ID,
        }
    }

    /// The schema as it is now.
    #[must_use]
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Puts another schema, with more custom fields, in place of this one.
    pub(super) fn set_schema(&mut self, schema: Schema) {
        self.schema = Arc::new(schema);
    }

    /// The type of a set.
    ///
    /// # Errors
    /// There is no such set.
    pub fn entity(&self, set: &str) -> Result<&EntityType, RowError> {
        self.schema
            .set(set)
            .ok_or_else(|| RowError::UnknownSet(set.into()))
    }

    /// The stored rows of an entity type.
    #[must_use]
    pub fn table(&self, entity: &EntityType) -> &Table {
        &self.tables[entity.table]
    }

    /// The row of a set with a key; `None` for an unknown set too.
    #[must_use]
    pub fn get(&self, set: &str, key: &RowKey) -> Option<Record<'_>> {
        let entity = self.schema.set(set)?;
        self.table(entity)
            .get(key)
            .map(|row| Record { entity, row })
    }

    /// All rows of a set in key order; none for an unknown set.
    pub fn records(&self, set: &str) -> impl Iterator<Item = Record<'_>> {
        self.schema.set(set).into_iter().flat_map(|entity| {
            self.table(entity)
                .rows_from(0)
                .map(move |row| Record { entity, row })
        })
    }

    /// The rows of a set in which a property has a value, in key order: by index where there
    /// is one, else by reading all.
    #[must_use]
    pub fn find(&self, set: &str, property: &str, value: &Value) -> Vec<Record<'_>> {
        let Some(entity) = self.schema.set(set) else {
            return Vec::new();
        };
        let Some(property) = entity.column(property) else {
            return Vec::new();
        };
        let rows = self.rows_with(entity, property, value);
        rows.into_iter().map(|row| Record { entity, row }).collect()
    }

    /// As [`find`](Self::find), by the property itself.
    pub(crate) fn rows_with(
        &self,
        entity: &EntityType,
        property: &Property,
        value: &Value,
    ) -> Vec<&Arc<Row>> {
        let table = self.table(entity);
        if property.key && entity.key.len() == 1 {
            return table.get(&RowKey::new([value])).into_iter().collect();
        }
        table.find(property, value).unwrap_or_else(|| {
            table
                .rows_from(0)
                .filter(|row| row.value(property) == *value)
                .collect()
        })
    }

    /// Adds a row made of these properties; the others have their defaults.
    ///
    /// # Errors
    /// Unknown set or property, a value that does not fit, a key that is taken.
    pub fn insert(&mut self, set: &str, fields: &[(&str, Value)]) -> Result<RowKey, RowError> {
        let schema = self.schema.clone();
        let entity = schema
            .set(set)
            .ok_or_else(|| RowError::UnknownSet(set.into()))?;
        let mut cells = Cells::default();
        for (name, value) in fields {
            let property = fitting(entity, name, value)?;
            cells.set(
                property.column,
                value.clone(),
                &property.kind.default_value(),
            );
        }
        cells.shrink();
        let mut row = Row {
            key: RowKey::of(&[]),
            cells,
            version: 1,
            record_id: self.next_record_id,
        };
        let values: Vec<Value> = entity.key_properties().map(|p| row.value(p)).collect();
        row.key = RowKey::new(&values);
        let key = row.key.clone();
        self.next_record_id += 1;
        if self.tables[entity.table].insert(row) {
            Ok(key)
        } else {
            Err(RowError::Exists(format!(
                "'{}'",
                key.as_str().replace('\0', "','")
            )))
        }
    }

    /// Changes properties of the row with a key, also of custom fields not yet enabled; gives
    /// the row as it was. Talent's rules are not asked: that is
    /// [`parse_fields`](super::parse_fields)' part.
    ///
    /// # Errors
    /// Unknown set or property, a value that does not fit, a change of the key, no such row.
    pub fn update(
        &mut self,
        set: &str,
        key: &RowKey,
        fields: &[(&str, Value)],
    ) -> Result<Before, RowError> {
        let schema = self.schema.clone();
        let entity = schema
            .set(set)
            .ok_or_else(|| RowError::UnknownSet(set.into()))?;
        let table = &mut self.tables[entity.table];
        let mut row = Row::clone(table.get(key).ok_or_else(|| RowError::not_found(key))?);
        for (name, value) in fields {
            let property = fitting(entity, name, value)?;
            if property.key && row.value(property) != *value {
                let infolog = format!("Error: Field '{name}' cannot be changed.");
                return Err(RowError::refused(entity, infolog));
            }
            row.cells.set(
                property.column,
                value.clone(),
                &property.kind.default_value(),
            );
        }
        row.version = row.version.wrapping_add(1);
        let row = table
            .replace(Arc::new(row))
            .ok_or_else(|| RowError::not_found(key))?;
        Ok(Before {
            table: entity.table,
            row,
        })
    }

    /// Takes a row out, as if it had never been there; Talent itself keeps leavers.
    ///
    /// # Errors
    /// Unknown set, no such row.
    pub fn remove(&mut self, set: &str, key: &RowKey) -> Result<(), RowError> {
        let table = self.entity(set)?.table;
        let removed = self.tables[table].remove(key);
        removed.map(|_| ()).ok_or_else(|| RowError::not_found(key))
    }

    /// Puts a row back as it was before a write.
    pub fn undo(&mut self, before: Before) {
        self.tables[before.table].replace(before.row);
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot {
            schema: self.schema.clone(),
            rows: self.tables.iter().map(Table::snapshot).collect(),
            next_record_id: self.next_record_id,
        }
    }

    pub(super) fn restore(&mut self, snapshot: &Snapshot) {
        self.schema = snapshot.schema.clone();
        self.next_record_id = snapshot.next_record_id;
        for (table, rows) in self.tables.iter_mut().zip(&snapshot.rows) {
            table.restore(rows);
        }
    }
}

/// The column of that name, when the value is of its kind.
fn fitting<'a>(
    entity: &'a EntityType,
    name: &str,
    value: &Value,
) -> Result<&'a Property, RowError> {
    let property = entity
        .column(name)
        .ok_or_else(|| RowError::unknown_property(entity, name))?;
    if super::edit::fits(property.kind, value) {
        Ok(property)
    } else {
        Err(RowError::wrong_type(property))
    }
}
