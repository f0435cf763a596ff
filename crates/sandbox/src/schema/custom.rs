//! Custom fields of the worker table: an administrator creates them on a page, and they reach
//! OData only after being enabled on the Worker entity (*Apply changes*).
//! Source: Microsoft Learn, user-defined-fields and hr-developer-custom-fields.

use std::sync::{Arc, OnceLock};

use super::{Kind, Property, Schema, build};

/// How many custom fields a table can have.
pub const LIMIT: usize = 20;

/// The seven data types an administrator can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomFieldType {
    /// `NoYes` on the wire.
    Checkbox,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// `Edm.Decimal`.
    Decimal,
    /// `Edm.Int32`; 0 when nothing was entered, never null.
    Number,
    /// `Edm.String`.
    Picklist,
    /// `Edm.String`.
    Text,
}

impl CustomFieldType {
    /// All of them, with the names the control API uses.
    pub const ALL: [(&'static str, Self); 7] = [
        ("Checkbox", Self::Checkbox),
        ("Date", Self::Date),
        ("DateTime", Self::DateTime),
        ("Decimal", Self::Decimal),
        ("Number", Self::Number),
        ("Picklist", Self::Picklist),
        ("Text", Self::Text),
    ];

    /// The type of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, kind)| *kind)
    }

    /// The name of this type.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| name)
    }

    /// How values travel and are stored.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Checkbox => Kind::NO_YES,
            Self::Date => Kind::Date,
            Self::DateTime => Kind::UtcDateTime,
            Self::Decimal => Kind::Decimal,
            Self::Number => Kind::Int32,
            Self::Picklist | Self::Text => Kind::Text,
        }
    }
}

/// A custom field of the worker table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    /// The name given at creation; fixed.
    pub name: String,
    /// The data type given at creation; fixed.
    pub field_type: CustomFieldType,
    /// What the form shows; empty means the name.
    pub label: String,
    /// On the Worker entity, so in `$metadata` and in rows.
    pub enabled: bool,
    /// The property's name: the name with the suffix.
    pub property: Arc<str>,
}

/// Why a custom field was not created or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CustomFieldError {
    /// The name is not one Talent takes.
    #[error(
        "'{0}' cannot be the name of a custom field: begin with a letter, then letters, digits or underscores"
    )]
    Name(String),
    /// There is such a field or property already; name and type are fixed at creation.
    #[error(
        "a field '{0}' exists already; the name and the type of a custom field are fixed when it is created"
    )]
    Exists(String),
    /// The table is full.
    #[error("the worker table has {LIMIT} custom fields already, which is the most it can have")]
    Full,
    /// No such field.
    #[error("there is no custom field '{0}'; create it first")]
    Unknown(String),
}

impl Schema {
    /// This schema with one more custom field on the worker table.
    ///
    /// # Errors
    /// The name is taken or not allowed, or the table has [`LIMIT`] fields.
    pub fn with_custom_field(
        &self,
        name: &str,
        field_type: CustomFieldType,
        label: &str,
        enabled: bool,
    ) -> Result<Self, CustomFieldError> {
        let mut rest = name.chars();
        let well_formed = rest.next().is_some_and(|c| c.is_ascii_alphabetic())
            && rest.all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !well_formed {
            return Err(CustomFieldError::Name(name.into()));
        }
        let property: Arc<str> = Arc::from(format!("{name}{}", self.suffix));
        let taken = self
            .custom
            .iter()
            .any(|field| field.name.eq_ignore_ascii_case(name));
        let workers = &self.types[0];
        if taken
            || workers
                .columns
                .iter()
                .any(|p| p.name.eq_ignore_ascii_case(&property))
        {
            return Err(CustomFieldError::Exists(name.into()));
        }
        if self.custom.len() >= LIMIT {
            return Err(CustomFieldError::Full);
        }
        let label = if label.is_empty() { name } else { label };
        let mut next = self.clone();
        let field = CustomField {
            name: name.into(),
            field_type,
            label: label.into(),
            enabled,
            property,
        };
        next.types[0].columns.push(Property {
            name: field.property.clone(),
            kind: field_type.kind(),
            column: u16::try_from(workers.columns.len()).unwrap_or(u16::MAX),
            key: false,
            required: false,
            indexed: false,
            related: None,
            label: Arc::from(label),
        });
        next.custom.push(field);
        next.show_enabled();
        Ok(next)
    }

    /// This schema with a custom field enabled on, or taken off, the Worker entity.
    ///
    /// # Errors
    /// There is no such field.
    pub fn with_enabled(&self, name: &str, enabled: bool) -> Result<Self, CustomFieldError> {
        let mut next = self.clone();
        let field = next
            .custom
            .iter_mut()
            .find(|field| field.name.eq_ignore_ascii_case(name))
            .ok_or_else(|| CustomFieldError::Unknown(name.into()))?;
        field.enabled = enabled;
        next.show_enabled();
        Ok(next)
    }

    /// Makes the worker type's visible properties those of the table and the enabled fields.
    fn show_enabled(&mut self) {
        let hidden = |name: &str| {
            self.custom
                .iter()
                .any(|field| !field.enabled && *field.property == *name)
        };
        let workers = &self.types[0];
        let visible: Vec<Property> = workers
            .columns
            .iter()
            .filter(|column| !hidden(&column.name))
            .cloned()
            .collect();
        let workers = &mut self.types[0];
        workers.by_name = build::names(&visible);
        workers.column_by_name = build::names(&workers.columns);
        workers.properties = visible;
        self.document = OnceLock::new();
    }
}
