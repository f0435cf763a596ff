//! Row keys: the key values of a row as one text that sorts as the values do.

use std::fmt::Write as _;

use super::Value;

/// The key of a row. Keys compare as their values do, one after the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowKey(Box<str>);

/// Lower than every character of a key value.
const SEPARATOR: char = '\0';

impl RowKey {
    /// The key made of these values, in key order.
    pub fn new<'a>(values: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut text = String::new();
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                text.push(SEPARATOR);
            }
            push(&mut text, value);
        }
        Self(text.into_boxed_str())
    }

    /// The key made of these texts; the keys of most sets are texts.
    #[must_use]
    pub fn of(texts: &[&str]) -> Self {
        Self(texts.join("\0").into_boxed_str())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Appends a value so that texts compare as the values do; numbers and times are shifted to be
/// positive and padded.
fn push(text: &mut String, value: &Value) {
    let written = match value {
        Value::Text(own) => {
            text.push_str(own);
            Ok(())
        }
        Value::Int(number) | Value::Time(number) => {
            write!(text, "{:020}", number.wrapping_sub(i64::MIN) as u64)
        }
        Value::Guid(guid) => write!(text, "{guid}"),
        Value::Member(position) => write!(text, "{position:03}"),
        Value::Decimal(_) | Value::Null | Value::Bytes(_) | Value::Drawn(_) => Ok(()),
    };
    // Writing to a String does not fail.
    debug_assert!(written.is_ok());
}

/// The text under which an index keeps a value.
pub(super) fn index_text(value: &Value) -> String {
    let mut text = String::new();
    push(&mut text, value);
    text
}
