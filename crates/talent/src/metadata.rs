//! Custom fields in `$metadata`: which of the configured names exist on the Worker entity, under which
//! name, of which type.

use std::collections::BTreeMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{CustomField, Edm};

/// Why the custom fields cannot be used. Each says what to do in Talent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Not on the Worker entity: not created, or created and not enabled.
    #[error(
        "Talent's Worker entity has no custom field {}. In Talent: create it on the worker page as a \
         field of type Number, if it is not there yet; then System administration > Custom fields > \
         the worker table and the field > Entities > Edit > tick Enabled for the Worker entity > Apply \
         changes. It can take some minutes until it shows.",
        list(.0)
    )]
    Missing(Vec<Box<str>>),
    /// There, but not a number.
    #[error(
        "the custom field `{name}` in Talent is of type {edm}, which holds no whole number. A field's type \
         cannot be changed: create another one of type Number and set its name in the configuration."
    )]
    NotANumber {
        /// Its name in OData.
        name: Box<str>,
        /// Its type there.
        edm: Box<str>,
    },
    /// The metadata does not describe workers: another service, or cut short.
    #[error(
        "Talent's metadata has no entity type Worker; check that the address is that of Talent"
    )]
    NoWorker,
    /// Not XML, or cut short.
    #[error("Talent's metadata cannot be read: it is no complete XML (at byte {0})")]
    Unreadable(u64),
}

fn list(names: &[Box<str>]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(" and no ")
}

/// Finds the configured fields among the properties of the Worker entity, in their order.
///
/// Case does not matter, and `X` finds `X_Custom` as well as the other way round; the name exactly as
/// configured comes first. Reads as far as the Worker entity, however large the document is.
///
/// # Errors
/// [`FieldError`], which names every field that is missing.
pub fn resolve_worker_fields(
    metadata: impl BufRead,
    names: &[&str],
) -> Result<Vec<CustomField>, FieldError> {
    let properties = worker_properties(metadata)?;
    let found: Vec<_> = names.iter().map(|name| find(&properties, name)).collect();
    let missing: Vec<Box<str>> = names
        .iter()
        .zip(&found)
        .filter(|(_, found)| found.is_none())
        .map(|(name, _)| (*name).into())
        .collect();
    if !missing.is_empty() {
        return Err(FieldError::Missing(missing));
    }
    let number = |(name, edm): (&str, &str)| match Edm::from_name(edm) {
        Some(edm) => Ok(CustomField {
            name: name.into(),
            edm,
        }),
        None => Err(FieldError::NotANumber {
            name: name.into(),
            edm: edm.into(),
        }),
    };
    found.into_iter().flatten().map(number).collect()
}

const SUFFIX: &str = "_custom";

fn find<'p>(properties: &'p BTreeMap<String, String>, name: &str) -> Option<(&'p str, &'p str)> {
    let pair = |(name, edm): (&'p String, &'p String)| (name.as_str(), edm.as_str());
    if let Some(exact) = properties.get_key_value(name) {
        return Some(pair(exact));
    }
    let name = name.to_lowercase();
    let bare = name.strip_suffix(SUFFIX).unwrap_or(&name);
    let suffixed = format!("{bare}{SUFFIX}");
    [name.as_str(), suffixed.as_str(), bare]
        .into_iter()
        .find_map(|want| {
            properties
                .iter()
                .find(|(have, _)| have.to_lowercase() == want)
        })
        .map(pair)
}

/// Names and types of the properties of the entity type `Worker`.
fn worker_properties(metadata: impl BufRead) -> Result<BTreeMap<String, String>, FieldError> {
    let mut reader = Reader::from_reader(metadata);
    let mut buffer = Vec::new();
    let mut properties = None;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|_| FieldError::Unreadable(reader.error_position()))? {
            Event::Start(element) if properties.is_none() && is_worker(&element) => {
                properties = Some(BTreeMap::new());
            }
            Event::Start(element) | Event::Empty(element) => {
                if let Some(properties) = &mut properties
                    && element.local_name().as_ref() == "Property"
                    && let (Some(name), Some(edm)) =
                        (attribute(&element, "Name"), attribute(&element, "Type"))
                {
                    properties.insert(name, edm);
                }
            }
            Event::End(element) if element.local_name().as_ref() == "EntityType" => {
                if let Some(properties) = properties {
                    return Ok(properties);
                }
            }
            Event::Eof if properties.is_some() => {
                return Err(FieldError::Unreadable(reader.buffer_position()));
            }
            Event::Eof => return Err(FieldError::NoWorker),
            _ => {}
        }
    }
}

fn is_worker(element: &BytesStart<'_>) -> bool {
    element.local_name().as_ref() == "EntityType"
        && attribute(element, "Name").as_deref() == Some("Worker")
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.value.into_owned())
}

#[cfg(test)]
mod tests;
