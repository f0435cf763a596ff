//! From JSON to values: what a PATCH may write, and Talent's objections.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value as Json};

use super::{RowError, RowKey, Tables, Value};
use crate::schema::{EntityType, Kind, Property};

/// How much to accept beyond what Talent accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leniency {
    /// As Talent's OData: visible properties, full timestamps, required and related values.
    Talent,
    /// As the sandbox's controls: also custom fields not yet enabled, days (`2026-12-31`) for
    /// timestamps, `null` for the default, and values Talent's rules would refuse.
    Controls,
}

/// The values of a JSON object by property name. Members that begin with `@` or hold an
/// annotation are left out.
///
/// # Errors
/// Unknown property, a value of another type, or one that Talent's rules refuse.
pub fn parse_fields<'a>(
    tables: &Tables,
    entity: &EntityType,
    body: &'a Map<String, Json>,
    leniency: Leniency,
) -> Result<Vec<(&'a str, Value)>, RowError> {
    let mut fields = Vec::with_capacity(body.len());
    for (name, json) in body.iter().filter(|(name, _)| !name.contains('@')) {
        let property = match leniency {
            Leniency::Talent => entity.property(name),
            Leniency::Controls => entity.column(name),
        };
        let property = property.ok_or_else(|| RowError::unknown_property(entity, name))?;
        let value = parse_field(property, json, leniency)?;
        if leniency == Leniency::Talent {
            validate(tables, entity, property, &value)?;
        }
        fields.push((name.as_str(), value));
    }
    Ok(fields)
}

/// One value.
///
/// # Errors
/// The value is of another type than the property.
pub fn parse_field(
    property: &Property,
    json: &Json,
    leniency: Leniency,
) -> Result<Value, RowError> {
    let lenient = leniency == Leniency::Controls;
    let wrong = || RowError::wrong_type(property);
    if json.is_null() && (lenient || matches!(property.kind, Kind::Text | Kind::Binary)) {
        return Ok(property.kind.default_value());
    }
    match property.kind {
        Kind::Text => json.as_str().map(Value::from).ok_or_else(wrong),
        Kind::Int32 => {
            let number = json.as_i64().filter(|n| i32::try_from(*n).is_ok());
            number.map(Value::Int).ok_or_else(wrong)
        }
        Kind::Int64 => json.as_i64().map(Value::Int).ok_or_else(wrong),
        Kind::Decimal => json.as_f64().map(Value::Decimal).ok_or_else(wrong),
        Kind::Guid => {
            let guid = json
                .as_str()
                .and_then(|text| uuid::Uuid::try_parse(text).ok());
            guid.map(Value::Guid).ok_or_else(wrong)
        }
        Kind::Date | Kind::UtcDateTime | Kind::OpenEnd => json
            .as_str()
            .and_then(|text| time(property.kind, text, lenient))
            .ok_or_else(wrong),
        Kind::Enum(of) => {
            let position = json.as_str().and_then(|member| of.position(member));
            position.map(Value::Member).ok_or_else(wrong)
        }
        Kind::Binary => {
            let bytes = json.as_str().and_then(|text| STANDARD.decode(text).ok());
            bytes
                .map(|bytes| Value::Bytes(bytes.into()))
                .ok_or_else(wrong)
        }
    }
}

fn time(kind: Kind, text: &str, lenient: bool) -> Option<Value> {
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(Value::from(moment));
    }
    let day = text.parse::<jiff::civil::Date>().ok().filter(|_| lenient)?;
    Some(if kind == Kind::Date {
        Value::date(day)
    } else {
        Value::midnight(day)
    })
}

/// The rules of Talent's forms that hold for a single field.
fn validate(
    tables: &Tables,
    entity: &EntityType,
    property: &Property,
    value: &Value,
) -> Result<(), RowError> {
    let name = &property.name;
    let empty = *value == property.kind.default_value();
    if property.required && empty {
        let infolog = format!("Warning: Field '{name}' must be filled in.");
        return Err(RowError::refused(entity, infolog));
    }
    if let Some((set, _)) = property.related.filter(|_| !empty)
        && tables.get(set, &RowKey::new([value])).is_none()
    {
        let infolog = format!(
            "Warning: The value '{}' in field '{name}' is not found in the related table '{set}'.",
            value.as_text()
        );
        return Err(RowError::refused(entity, infolog));
    }
    Ok(())
}

/// The value is one that a property of this kind can hold.
pub(crate) fn fits(kind: Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Text, Value::Text(text)) => !text.contains('\0'),
        (Kind::Int32, Value::Int(number)) => i32::try_from(*number).is_ok(),
        (Kind::Decimal, Value::Decimal(number)) => number.is_finite(),
        (Kind::Enum(of), Value::Member(position)) => usize::from(*position) < of.members.len(),
        (Kind::Int64, Value::Int(_))
        | (Kind::Guid, Value::Guid(_))
        | (Kind::Date | Kind::UtcDateTime | Kind::OpenEnd, Value::Time(_))
        | (Kind::Binary, Value::Null | Value::Bytes(_) | Value::Drawn(_)) => true,
        _ => false,
    }
}
