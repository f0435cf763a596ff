//! Why a row was not found or not written, in Talent's words.

use crate::schema::{EntityType, Property};

/// Why a row was not found or not written. The texts are those a Talent user would see.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// No such set.
    #[error("Resource not found for the segment '{0}'.")]
    UnknownSet(String),
    /// No such property.
    #[error(
        "The property '{property}' does not exist on type '{entity}'. Make sure to only use property names that are defined by the type."
    )]
    UnknownProperty {
        /// The type's full name.
        entity: String,
        /// What was asked for.
        property: String,
    },
    /// A value of another type.
    #[error(
        "Cannot convert the value given for the property '{property}' to the expected type '{expected}'."
    )]
    WrongType {
        /// The property.
        property: String,
        /// The EDM type it has.
        expected: String,
    },
    /// A write Talent's own rules refuse; the message is the Infolog text.
    #[error("Write failed for table row of type '{entity}'. Infolog: {infolog}")]
    Refused {
        /// The entity's name inside Talent, `HcmWorkerEntity`.
        entity: String,
        /// What the rules say.
        infolog: String,
    },
    /// No row has this key.
    #[error("No resource was found for the key {0}.")]
    NotFound(String),
    /// A row has this key already.
    #[error("A row with the key {0} exists already.")]
    Exists(String),
    /// The row changed since the caller read it.
    #[error(
        "Write failed for table row of type '{entity}'. Infolog: Error: An update conflict occurred due to another user process deleting the record or changing one or more fields in the record."
    )]
    Stale {
        /// The entity's name inside Talent.
        entity: String,
    },
}

impl RowError {
    pub(crate) fn unknown_property(entity: &EntityType, property: &str) -> Self {
        Self::UnknownProperty {
            entity: entity.full_name(),
            property: property.into(),
        }
    }

    pub(crate) fn wrong_type(property: &Property) -> Self {
        Self::WrongType {
            property: property.name.to_string(),
            expected: property.kind.edm(),
        }
    }

    pub(crate) fn refused(entity: &EntityType, infolog: impl Into<String>) -> Self {
        Self::Refused {
            entity: entity.ax.into(),
            infolog: infolog.into(),
        }
    }

    pub(crate) fn not_found(key: &super::RowKey) -> Self {
        Self::NotFound(format!("'{}'", key.as_str().replace('\0', "','")))
    }
}
