//! `$metadata`: the schema as CSDL.
use super::Schema;

/// The document.
#[must_use]
pub fn write(_schema: &Schema) -> String {
    String::new()
}
