//! `PATCH Workers(PersonnelNumber='000001')`: changes the fields that were sent.

use http::StatusCode;
use serde_json::{Map, Value as Json};

use super::ask::Ask;
use super::error::Failure;
use super::path::{Key, row_key};
use crate::rows::{Before, Leniency, RowError, Tables, Value, parse_fields};

/// Changes a row; gives it as it was.
pub(super) fn apply(
    tables: &mut Tables,
    ask: &Ask<'_>,
    set: &str,
    key: &Key,
) -> Result<Before, Failure> {
    let schema = tables.schema().clone();
    let entity = schema.set(set).ok_or_else(|| Failure::no_segment(set))?;
    if !ask.caller.app {
        let message = format!(
            "Access denied: you do not have sufficient authorization to modify data in database. Entity '{}'.",
            entity.ax
        );
        return Err(Failure::new(StatusCode::FORBIDDEN, message));
    }
    let key = row_key(entity, key)?;
    let row = tables
        .table(entity)
        .get(&key)
        .ok_or_else(|| RowError::not_found(&key))?;
    if let Some(expected) = ask.if_match
        && !expected
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag == row.etag())
    {
        return Err(RowError::Stale {
            entity: entity.ax.into(),
        }
        .into());
    }
    let body: Map<String, Json> = serde_json::from_slice(ask.body).map_err(|error| {
        Failure::bad(format!("The request body is not a JSON object: {error}."))
    })?;
    let fields: Vec<(&str, Value)> = parse_fields(tables, entity, &body, Leniency::Talent)?;
    Ok(tables.update(set, &key, &fields)?)
}
