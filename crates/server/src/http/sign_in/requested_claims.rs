//! What a claims challenge asks for, on its way from the panel to Microsoft's sign-in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// Longest form in the address.
const MAX_LENGTH: usize = 2048;

/// Reads `claims=` of the start: base64url without padding of a JSON object (OpenID Connect Core §5.5). Gives it as
/// JSON text, written anew; none for anything else.
pub(super) fn read(text: &str) -> Option<String> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let claims: Map<String, Value> = serde_json::from_slice(&bytes).ok()?;
    (!claims.is_empty()).then(|| Value::Object(claims).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str) -> String {
        URL_SAFE_NO_PAD.encode(text)
    }

    #[test]
    fn a_json_object_passes_and_is_written_anew() {
        let challenge = r#" { "access_token": {"acrs": {"essential": true, "value": "c1"}} } "#;
        assert_eq!(
            read(&encoded(challenge)).as_deref(),
            Some(r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#)
        );
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!(r#"{{"access_token":"{}"}}"#, "x".repeat(1600));
        for text in [
            "",
            "[]",
            "{}",
            "null",
            "\"{}\"",
            "{\"a\":1} {}",
            "{a:1}",
            &long,
        ] {
            assert_eq!(read(&encoded(text)), None, "{text:.40}");
        }
        for raw in ["%7B%7D", "e30=", r#"{"a":1}"#, "eyJh IjoxfQ"] {
            assert_eq!(read(raw), None, "{raw}");
        }
    }
}
