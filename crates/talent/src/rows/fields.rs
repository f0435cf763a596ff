use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use crate::rows::Shape;
use crate::{CustomField, FieldValue};

/// A worker's custom fields as Talent shows them now: what the outbound sync compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerFields {
    /// The key.
    pub personnel_number: Box<str>,
    /// One value a field, in the order the fields were asked for.
    pub values: Box<[FieldValue]>,
}

/// Reads [`WorkerFields`]: the properties' names come from the configuration.
#[derive(Debug, Clone)]
pub struct FieldsShape(pub(crate) Box<[CustomField]>);

impl Shape for FieldsShape {
    type Row = WorkerFields;
    type Seed<'s> = Seed<'s>;

    fn seed(&self) -> Seed<'_> {
        Seed(&self.0)
    }

    fn key_properties(&self) -> &'static [&'static str] {
        &["PersonnelNumber"]
    }

    fn key(&self, row: &WorkerFields) -> Box<str> {
        row.personnel_number.clone()
    }
}

/// A reader of one row.
#[derive(Debug, Clone, Copy)]
pub struct Seed<'s>(&'s [CustomField]);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = WorkerFields;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<WorkerFields, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = WorkerFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a worker with custom fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WorkerFields, A::Error> {
        let mut number: Option<Box<str>> = None;
        let mut values = vec![None; self.0.len()];
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            if name == "PersonnelNumber" {
                number = Some(map.next_value()?);
            } else if let Some(at) = self.0.iter().position(|field| *field.name == *name) {
                values[at] = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let personnel_number = number
            .filter(|number| !number.is_empty())
            .ok_or_else(|| A::Error::missing_field("PersonnelNumber"))?;
        // A field that was asked for and did not come would otherwise look like zero and be written.
        let values = values
            .into_iter()
            .collect::<Option<Box<[_]>>>()
            .ok_or_else(|| A::Error::custom("a custom field is missing from the row"))?;
        Ok(WorkerFields {
            personnel_number,
            values,
        })
    }
}
