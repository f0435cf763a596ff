//! Talent's strings are never null in practice: `""` stands for "nothing" (seen in the field). Null
//! and absence are read alike.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

/// `""`, null and absence are `None`.
pub(crate) fn optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Box<str>>, D::Error> {
    Ok(Option::<Box<str>>::deserialize(deserializer)?.filter(|text| !text.trim().is_empty()))
}

/// Text that may be empty; null is empty.
pub(crate) fn plain<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<str>, D::Error> {
    Ok(Option::<Box<str>>::deserialize(deserializer)?.unwrap_or_default())
}

/// A part of a key: never empty.
pub(crate) fn key<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<str>, D::Error> {
    let text = Box::<str>::deserialize(deserializer)?;
    if text.is_empty() {
        return Err(D::Error::invalid_value(Unexpected::Str(""), &"a key"));
    }
    Ok(text)
}
