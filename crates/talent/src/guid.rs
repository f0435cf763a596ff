//! Object ids of Microsoft's sign-in, namespaces, records.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

/// A GUID; written in lower case with hyphens, read in any case, with or without braces.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Guid(u128);

/// The text is not a GUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a GUID")]
pub struct NotAGuid;

impl Guid {
    /// Finance and operations' word for "none".
    pub const ZERO: Self = Self(0);

    /// The sixteen bytes, most significant first.
    pub fn as_u128(self) -> u128 {
        self.0
    }
}

impl FromStr for Guid {
    type Err = NotAGuid;

    fn from_str(text: &str) -> Result<Self, NotAGuid> {
        let bare = text
            .strip_prefix('{')
            .and_then(|t| t.strip_suffix('}'))
            .unwrap_or(text);
        if bare.len() != 36 {
            return Err(NotAGuid);
        }
        let mut value = 0u128;
        for (at, byte) in bare.bytes().enumerate() {
            if matches!(at, 8 | 13 | 18 | 23) {
                if byte != b'-' {
                    return Err(NotAGuid);
                }
            } else {
                let digit = char::from(byte).to_digit(16).ok_or(NotAGuid)?;
                value = value << 4 | u128::from(digit);
            }
        }
        Ok(Self(value))
    }
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for at in 0..32 {
            if matches!(at, 8 | 12 | 16 | 20) {
                f.write_str("-")?;
            }
            write!(f, "{:x}", self.0 >> (124 - at * 4) & 0xf)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Absent, null, empty and all-zero are `None`.
pub(crate) fn optional<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Guid>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)?.filter(|text| !text.is_empty())
    else {
        return Ok(None);
    };
    let guid: Guid = text
        .parse()
        .map_err(|_| D::Error::invalid_value(Unexpected::Str("text"), &"a GUID"))?;
    Ok((guid != Guid::ZERO).then_some(guid))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn braces_and_case_do_not_matter() {
        let guid: Guid = "{B2232821-A775-DF11-8DD1-00155DBA3809}".parse().unwrap();
        assert_eq!(guid.to_string(), "b2232821-a775-df11-8dd1-00155dba3809");
        for text in [
            "",
            "{}",
            "b2232821a775df118dd100155dba3809",
            "b2232821-a775-df11-8dd1-00155dba380é",
        ] {
            assert_eq!(text.parse::<Guid>(), Err(NotAGuid), "{text}");
        }
    }

    proptest! {
        #[test]
        fn written_and_read_again(value: u128) {
            let guid = Guid(value);
            prop_assert_eq!(guid.to_string().parse::<Guid>(), Ok(guid));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = text.parse::<Guid>();
        }
    }
}
