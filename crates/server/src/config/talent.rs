use eloops_talent::{Kind, Root};

use super::{layers::Settings, origin};

/// Talent, and the custom fields that Eloops writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talent {
    /// Where Talent is.
    pub root: Root,
    /// Configured name of the coins field; the true one is resolved against `$metadata`.
    pub coins_field: String,
    /// Configured name of the uploads field.
    pub uploads_field: String,
}

impl Talent {
    pub(super) fn read(settings: &Settings, at: usize) -> Option<Self> {
        let kind = settings.read("talent_kind", at, |text| {
            text.trim()
                .parse::<Kind>()
                .map_err(|error| error.to_string())
        });
        let root = match kind {
            Some(kind) => settings.read("talent_url", at, |text| {
                let root = Root::new(kind, text).map_err(|error| error.to_string())?;
                origin::Rules::of(settings).safe_url(text)?;
                Ok(root)
            }),
            None => None,
        };
        let field = |name| {
            settings.read(name, at, |text| {
                let text = text.trim();
                let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_');
                if plain && !text.is_empty() {
                    Ok(text.to_owned())
                } else {
                    Err(format!(
                        "\"{text}\" is no field name; letters, digits and _ only"
                    ))
                }
            })
        };
        let (coins_field, uploads_field) =
            (field("talent_coins_field"), field("talent_uploads_field"));
        let talent = Self {
            root: root?,
            coins_field: coins_field?,
            uploads_field: uploads_field?,
        };
        if talent
            .coins_field
            .eq_ignore_ascii_case(&talent.uploads_field)
        {
            settings.note(
                settings.place("talent_uploads_field", at),
                "is the same field as talent_coins_field; coins and uploads need one each",
            );
            return None;
        }
        Some(talent)
    }
}
