//! Literals of OData URLs (OData 4.01 part 2 §5.1.1.14) and their encoding.

use std::fmt::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand for itself in a key or a query value. Everything else is percent-encoded: a space
/// becomes `%20`, never `+`, and `:` in dates becomes `%3A` (seen in the field).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b',')
    .remove(b'$')
    .remove(b'*');

/// A string literal: in quotes, a quote inside doubled. Not yet percent-encoded.
///
/// ```
/// assert_eq!(eloops_talent::literal::text("D'Hers"), "'D''Hers'");
/// ```
pub fn text(value: &str) -> String {
    let mut literal = String::with_capacity(value.len() + 2);
    literal.push('\'');
    for c in value.chars() {
        if c == '\'' {
            literal.push('\'');
        }
        literal.push(c);
    }
    literal.push('\'');
    literal
}

/// An enum literal as finance and operations wants it (Microsoft Learn: odata), e.g.
/// `Microsoft.Dynamics.DataEntities.HcmWorkerStatus'Employed'`.
pub fn member(edm: &str, member: &str) -> String {
    format!("Microsoft.Dynamics.DataEntities.{edm}{}", text(member))
}

/// Percent-encodes a key or a query value.
pub fn encode(value: &str) -> String {
    utf8_percent_encode(value, PLAIN).to_string()
}

/// One row's address below the data root: `Workers(PersonnelNumber='000123')`.
///
/// All parts of the key must be given (Microsoft Learn: odata).
pub fn row(set: &str, key: &[(&str, &str)]) -> String {
    let mut address = String::from(set);
    let mut separator = '(';
    for (property, value) in key {
        // Writing to a String does not fail.
        let _ = write!(address, "{separator}{property}={}", encode(&text(value)));
        separator = ',';
    }
    address.push(')');
    address
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn odd_keys() {
        let address = |number| row("Workers", &[("PersonnelNumber", number)]);
        assert_eq!(address("000123"), "Workers(PersonnelNumber='000123')");
        assert_eq!(
            address("D'Hers / 1"),
            "Workers(PersonnelNumber='D''Hers%20%2F%201')"
        );
        assert_eq!(
            address("a+b&c=d#e?f%"),
            "Workers(PersonnelNumber='a%2Bb%26c%3Dd%23e%3Ff%25')"
        );
        assert_eq!(
            address("שלום"),
            "Workers(PersonnelNumber='%D7%A9%D7%9C%D7%95%D7%9D')"
        );
        let key = [
            ("PersonnelNumber", "1"),
            ("LegalEntityId", "usmf"),
            ("EmploymentId", "2"),
        ];
        assert_eq!(
            row("EmploymentsV2", &key),
            "EmploymentsV2(PersonnelNumber='1',LegalEntityId='usmf',EmploymentId='2')"
        );
    }

    #[test]
    fn enums_are_named_in_full() {
        assert_eq!(
            member("HcmWorkerStatus", "Employed"),
            "Microsoft.Dynamics.DataEntities.HcmWorkerStatus'Employed'"
        );
    }

    proptest! {
        #[test]
        fn a_key_says_the_same_after_decoding(value: String) {
            let address = row("Workers", &[("PersonnelNumber", &value)]);
            prop_assert!(address.bytes().all(|b| b.is_ascii_graphic()));
            prop_assert!(!address.contains(['+', '/', '?', '#', '&', '"', '<', '>', '\\']));
            let decoded = percent_decode_str(&address).decode_utf8().unwrap();
            let inner = decoded
                .strip_prefix("Workers(PersonnelNumber='")
                .and_then(|rest| rest.strip_suffix("')"))
                .unwrap();
            prop_assert_eq!(inner.replace("''", "'"), value);
            prop_assert!(!inner.replace("''", "").contains('\''), "a lone quote would end the literal");
        }
    }
}
