//! Which properties and navigations of a row an answer shows: `$select` and `$expand`.

use super::error::Failure;
use super::json;
use crate::schema::{EntityType, Navigation, Property, Schema};

/// What is written of each row, prepared once per answer.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    pub(super) columns: Vec<Column>,
    pub(super) expanded: Vec<Expanded>,
    pub(super) etags: bool,
}

/// One property.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) property: Property,
    /// `"Name":`
    pub(super) head: Vec<u8>,
    /// The default value, written.
    pub(super) default: Vec<u8>,
}

/// One navigation.
#[derive(Clone, Debug)]
pub(super) struct Expanded {
    pub(super) navigation: &'static Navigation,
    /// `"Positions":`
    pub(super) head: Vec<u8>,
    pub(super) shape: Shape,
}

impl Shape {
    /// The shape for `$select` and `$expand`.
    pub(super) fn new(
        schema: &Schema,
        entity: &EntityType,
        select: Option<&str>,
        expand: Option<&str>,
        etags: bool,
    ) -> Result<Self, Failure> {
        let mut columns: Vec<Column> = Vec::new();
        match select
            .map(str::trim)
            .filter(|text| !text.is_empty() && *text != "*")
        {
            None => columns.extend(entity.properties.iter().map(Column::new)),
            Some(text) => {
                for name in text.split(',').map(str::trim) {
                    // A selected navigation is a link in OData; nothing of it is written.
                    if entity.navigation(name).is_some() {
                        continue;
                    }
                    let property = entity
                        .property(name)
                        .ok_or_else(|| unknown(entity, name, "$select"))?;
                    if !columns
                        .iter()
                        .any(|column| column.property.name == property.name)
                    {
                        columns.push(Column::new(property));
                    }
                }
            }
        }
        let expanded = match expand.map(str::trim).filter(|text| !text.is_empty()) {
            None => Vec::new(),
            Some(text) => expanded(schema, entity, text, etags)?,
        };
        Ok(Self {
            columns,
            expanded,
            etags,
        })
    }
}

impl Column {
    fn new(property: &Property) -> Self {
        let mut default = Vec::new();
        json::value(&mut default, property.kind, &property.kind.default_value());
        Self {
            head: head(&property.name),
            default,
            property: property.clone(),
        }
    }
}

fn head(name: &str) -> Vec<u8> {
    let mut head = Vec::new();
    json::text(&mut head, name);
    head.push(b':');
    head
}

fn unknown(entity: &EntityType, name: &str, option: &str) -> Failure {
    Failure::bad(format!(
        "Could not find a property named '{name}' on type '{}' ({option}).",
        entity.full_name()
    ))
}

fn expanded(
    schema: &Schema,
    entity: &EntityType,
    text: &str,
    etags: bool,
) -> Result<Vec<Expanded>, Failure> {
    let mut all: Vec<Expanded> = Vec::new();
    for item in outside_parentheses(text) {
        let (name, options) = match item.split_once('(') {
            Some((name, rest)) => (name.trim(), rest.trim_end().strip_suffix(')')),
            None => (item.trim(), Some("")),
        };
        let options =
            options.ok_or_else(|| Failure::bad(format!("Syntax error in '$expand': '{item}'.")))?;
        if name.contains('/') {
            return Err(Failure::bad(format!(
                "Only the first level can be expanded; '{name}' goes deeper."
            )));
        }
        let navigation = entity
            .navigation(name)
            .ok_or_else(|| unknown(entity, name, "$expand"))?;
        let target = schema
            .set(navigation.target)
            .ok_or_else(|| Failure::no_segment(navigation.target))?;
        let select = nested_select(options)?;
        let shape = Shape::new(schema, target, select, None, etags)?;
        if !all
            .iter()
            .any(|known| known.navigation.name == navigation.name)
        {
            all.push(Expanded {
                navigation,
                head: head(navigation.name),
                shape,
            });
        }
    }
    Ok(all)
}

/// Inside an expanded navigation only `$select` is taken.
fn nested_select(options: &str) -> Result<Option<&str>, Failure> {
    let options = options.trim();
    if options.is_empty() {
        return Ok(None);
    }
    match options.strip_prefix("$select=") {
        Some(names) if !names.contains([';', '(']) => Ok(Some(names)),
        _ => Err(Failure::bad(format!(
            "Inside '$expand' only '$select' is supported, not '{options}'."
        ))),
    }
}

/// Splits at the commas outside parentheses.
fn outside_parentheses(text: &str) -> Vec<&str> {
    let (mut depth, mut begin, mut parts) = (0_usize, 0, Vec::new());
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&text[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[begin..]);
    parts
}
