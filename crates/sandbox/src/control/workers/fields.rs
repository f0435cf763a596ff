//! Talent's property names, sorted by the entity they belong to.

use serde_json::{Map, Value as Json};

use super::{super::body::Refused, example};
use crate::{
    rows::{Leniency, RowKey, Tables, Value, parse_field},
    schema::{EntityType, Kind},
    seed::end_of,
};

/// Name of the property that is ours: the personnel number of the manager.
const REPORTS_TO: &str = "ReportsTo";
/// Properties that stand in two entities and are kept the same in both.
const SHARED: [&str; 2] = ["TitleId", "WorkerType"];

/// Values by entity.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) worker: Vec<(String, Value)>,
    pub(super) position: Vec<(String, Value)>,
    pub(super) employment: Vec<(String, Value)>,
    /// The manager's personnel number; empty for nobody.
    pub(super) reports_to: Option<String>,
}

impl Fields {
    /// # Errors
    /// A name no entity has (with the names there are), or a value of another type.
    pub(super) fn sort(tables: &Tables, body: &Map<String, Json>) -> Result<Self, Refused> {
        let entities = ["Workers", "Positions", "EmploymentsV2"].map(|set| tables.entity(set));
        let [Ok(workers), Ok(positions), Ok(employments)] = entities else {
            return Err(Refused::new("Talent's entities are not there", Json::Null));
        };
        let mut fields = Self::default();
        for (name, json) in body {
            if name == REPORTS_TO {
                fields.reports_to = Some(manager(tables, json)?);
                continue;
            }
            let mut known = false;
            let lists = [
                (workers, &mut fields.worker),
                (positions, &mut fields.position),
                (employments, &mut fields.employment),
            ];
            for (entity, list) in lists {
                if known && !SHARED.contains(&name.as_str()) {
                    break;
                }
                if let Some(value) = value(entity, name, json, known)? {
                    list.push((name.clone(), value));
                    known = true;
                }
            }
            if !known {
                return Err(unknown(name, [workers, positions, employments]));
            }
        }
        Ok(fields)
    }
}

/// The value for an entity; none when it has no such property. A shared value that only fits the
/// first entity is left out of the second.
fn value(
    entity: &EntityType,
    name: &str,
    json: &Json,
    known: bool,
) -> Result<Option<Value>, Refused> {
    let Some(property) = entity.column(name) else {
        return Ok(None);
    };
    if let Some(day) = json.as_str().and_then(|text| text.parse().ok())
        && property.kind == Kind::OpenEnd
        && json.as_str().is_some_and(|text| !text.contains('T'))
    {
        return Ok(Some(end_of(day)));
    }
    match parse_field(property, json, Leniency::Controls) {
        Ok(value) => Ok(Some(value)),
        Err(_) if known => Ok(None),
        Err(error) => Err(Refused::new(error.to_string(), example())),
    }
}

fn manager(tables: &Tables, json: &Json) -> Result<String, Refused> {
    let number = match json {
        Json::Null => "",
        Json::String(number) => number,
        _ => {
            return Err(Refused::new(
                format!("{REPORTS_TO} is a personnel number or null"),
                example(),
            ));
        }
    };
    if !number.is_empty() && tables.get("Workers", &RowKey::of(&[number])).is_none() {
        return Err(Refused::new(
            format!("{REPORTS_TO}: there is no worker with the personnel number '{number}'"),
            example(),
        ));
    }
    Ok(number.to_owned())
}

fn unknown(name: &str, entities: [&EntityType; 3]) -> Refused {
    let mut names: Vec<&str> = entities
        .iter()
        .flat_map(|entity| entity.columns.iter().map(|property| &*property.name))
        .chain([REPORTS_TO])
        .collect();
    names.sort_unstable();
    names.dedup();
    Refused::new(
        format!(
            "'{name}' is no property of a worker, position or employment; known are {}",
            names.join(", ")
        ),
        example(),
    )
}
