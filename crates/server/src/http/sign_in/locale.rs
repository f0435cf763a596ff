//! The language of the window's pages: English or Hebrew, as the panel or the browser asks.

use axum::http::{HeaderMap, header};

/// A language the pages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Locale {
    En,
    He,
}

impl Locale {
    /// The language of a tag such as `he-IL` (RFC 5646); none for one the pages do not speak.
    pub(super) fn parse(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next()?;
        match language.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            // Java's old code is still sent by some.
            "he" | "iw" => Some(Self::He),
            _ => None,
        }
    }

    /// What the browser prefers (RFC 9110 §12.5.4); English where it asks for neither.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let asked = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let mut best = (0.0, Self::En);
        for range in asked.split(',') {
            let (tag, weight) = range.split_once(";q=").unwrap_or((range, "1"));
            let weight = weight.trim().parse().unwrap_or(0.0);
            if let Some(locale) = Self::parse(tag)
                && weight > best.0
            {
                best = (weight, locale);
            }
        }
        best.1
    }

    /// As it stands in `lang` and with the pairing.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::He => "he",
        }
    }

    /// As it stands in `dir`.
    pub(super) fn direction(self) -> &'static str {
        match self {
            Self::En => "ltr",
            Self::He => "rtl",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_preferred_of_the_two_is_spoken() {
        for (asked, expected) in [
            ("", Locale::En),
            ("he", Locale::He),
            ("he-IL,he;q=0.9,en-US;q=0.8,en;q=0.7", Locale::He),
            ("en-GB,he;q=0.5", Locale::En),
            ("fr-FR,fr;q=0.9,he;q=0.4,en;q=0.3", Locale::He),
            ("fr", Locale::En),
            ("en;q=0.1, iw;q=0.2", Locale::He),
            ("he;q=0, en;q=0.5", Locale::En),
            ("hebrew", Locale::En),
            (";;;q=,he;q=nonsense", Locale::En),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, asked.parse().unwrap())]);
            assert_eq!(Locale::of(&headers), expected, "{asked:?}");
        }
        assert_eq!(Locale::of(&HeaderMap::new()), Locale::En);
    }
}
