//! Pictures: `PersonImages.Image`, base64 in JSON.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;

use crate::error::success;
use crate::{Response, TalentError, text};

/// OData's `Edm.Binary` is base64url, optionally padded (OData JSON 4.01 §7.1); finance and operations
/// sends plain base64 (seen in the field). Both are read.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[derive(Deserialize)]
struct Image {
    #[serde(default, rename = "Image", deserialize_with = "text::optional")]
    image: Option<Box<str>>,
}

/// Reads the answer to [`crate::reads::person_image`]: the picture's bytes as they were stored, of
/// whatever type and possibly damaged; none where the person has no picture.
///
/// # Errors
/// A refusal other than 404, or a body that is no picture row.
pub fn read_image(response: &Response) -> Result<Option<Vec<u8>>, TalentError> {
    if response.status == 404 {
        return Ok(None);
    }
    let row: Image = serde_json::from_slice(&success(response)?.body)
        .map_err(|_| TalentError::unreadable("it is not a row of PersonImages", response))?;
    let Some(text) = row.image else {
        return Ok(None);
    };
    let text: String = text
        .chars()
        .filter(|c| !c.is_ascii_whitespace())
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        })
        .collect();
    LENIENT
        .decode(text)
        .map(|bytes| Some(bytes).filter(|bytes| !bytes.is_empty()))
        .map_err(|_| TalentError::unreadable("the picture is not base64", response))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pictures_with_and_without_padding() {
        let read = |body: &str| read_image(&Response::new(200, body));
        assert_eq!(
            read(r#"{"PartyNumber":"1","Image":"/9j/4A=="}"#),
            Ok(Some(vec![255, 216, 255, 224]))
        );
        assert_eq!(
            read(r#"{"PartyNumber":"1","Image":"_9j_4A"}"#),
            Ok(Some(vec![255, 216, 255, 224]))
        );
        assert_eq!(read(r#"{"PartyNumber":"1","Image":""}"#), Ok(None));
        assert_eq!(read_image(&Response::new(404, "")), Ok(None));
        assert!(read(r#"{"Image":"é"}"#).is_err());
        assert!(read_image(&Response::new(403, "")).is_err());
    }

    proptest! {
        #[test]
        fn any_answer_is_read_or_refused(status: u16, body: Vec<u8>) {
            let _ = read_image(&Response::new(status, body));
        }
    }
}
