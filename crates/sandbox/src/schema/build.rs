//! Turns the tables of this folder into a [`Schema`].

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::define::Definition;
use super::{EntityType, Property, Schema, employment, organization, person, position, worker};

const ALL: [&Definition; 10] = [
    &worker::WORKERS,
    &position::POSITIONS,
    &position::POSITIONS_V2,
    &position::ASSIGNMENTS,
    &position::HIERARCHIES,
    &employment::EMPLOYMENTS,
    &organization::DEPARTMENTS,
    &organization::TITLES,
    &person::IMAGES,
    &person::USERS,
];

pub(super) fn schema(suffix: &str) -> Schema {
    let mut types: Vec<EntityType> = Vec::new();
    let mut tables = 0;
    for definition in ALL {
        let base = definition
            .view_of
            .and_then(|set| types.iter().find(|t| t.set == set));
        let built = entity_type(definition, base, tables);
        tables = tables.max(built.table + 1);
        types.push(built);
    }
    let by_set = types
        .iter()
        .enumerate()
        .map(|(at, t)| (t.set, at))
        .collect();
    Schema {
        types,
        by_set,
        custom: Vec::new(),
        suffix: Arc::from(suffix),
        document: OnceLock::new(),
    }
}

fn entity_type(
    definition: &Definition,
    base: Option<&EntityType>,
    next_table: usize,
) -> EntityType {
    let mut properties: Vec<Property> = Vec::new();
    for (kind, names) in definition.fields.iter().map(super::define::Fields::expand) {
        for name in names {
            let own = u16::try_from(properties.len()).unwrap_or(u16::MAX);
            let column = base.and_then(|b| b.column(&name)).map_or(own, |p| p.column);
            let listed = |names: &[&str]| names.contains(&name.as_str());
            let related = definition.related.iter().find(|(from, _, _)| *from == name);
            properties.push(Property {
                kind,
                column,
                key: listed(definition.key),
                required: listed(definition.required),
                indexed: listed(definition.indexed),
                related: related.map(|(_, set, key)| (*set, *key)),
                label: Arc::from(format!("@HumanResources:{name}")),
                name: Arc::from(name),
            });
        }
    }
    let at = |key: &&str| properties.iter().position(|p| *p.name == **key);
    let key = definition.key.iter().filter_map(at).collect();
    let columns = base.map_or_else(|| properties.clone(), |b| b.columns.clone());
    EntityType {
        set: definition.set,
        name: definition.name,
        ax: definition.ax,
        table: base.map_or(next_table, |b| b.table),
        key,
        by_name: names(&properties),
        column_by_name: names(&columns),
        properties,
        columns,
        navigations: definition.navigations,
        about: definition.about,
    }
}

/// Where each name stands.
pub(super) fn names(properties: &[Property]) -> HashMap<Arc<str>, usize> {
    properties
        .iter()
        .enumerate()
        .map(|(at, p)| (p.name.clone(), at))
        .collect()
}

/// The name of a set's type.
pub(super) fn type_name(set: &str) -> &'static str {
    ALL.iter()
        .find(|definition| definition.set == set)
        .map_or("", |definition| definition.name)
}
