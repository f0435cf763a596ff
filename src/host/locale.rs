//! Which language the card speaks, and how it writes numbers and times.

/// The languages there are texts for, as `www/locales/<tag>.json`; the first is the fallback.
pub const SPOKEN: [&str; 2] = ["en", "he"];

/// A language to speak and a tag to write numbers and times by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// One of [`SPOKEN`].
    pub spoken: &'static str,
    /// A tag for the browser's `Intl`: of the same language, with the region where one is known.
    pub format: String,
}

/// Chooses by wishes in order, the host's first and then the browser's: the first whose language
/// is spoken. Its region, or the region of a later wish for the same language, decides the format.
pub fn choose(wishes: &[String]) -> Choice {
    let mut choice: Option<Choice> = None;
    for wish in wishes {
        let Some(spoken) = spoken_language(wish) else {
            continue;
        };
        let choice = choice.get_or_insert_with(|| Choice {
            spoken,
            format: spoken.into(),
        });
        if choice.spoken == spoken && choice.format == spoken && well_formed(wish) {
            choice.format.clone_from(wish);
        }
    }
    choice.unwrap_or_else(|| Choice {
        spoken: SPOKEN[0],
        format: SPOKEN[0].into(),
    })
}

fn spoken_language(tag: &str) -> Option<&'static str> {
    // `iw` is Hebrew's old code, which some hosts still send.
    let begins = |language: &str| {
        let (tag, language) = (tag.as_bytes(), language.as_bytes());
        tag.len() >= language.len()
            && tag
                .iter()
                .zip(language)
                .all(|(one, other)| one.eq_ignore_ascii_case(other))
            && tag
                .get(language.len())
                .is_none_or(|next| matches!(next, b'-' | b'_'))
    };
    if begins("iw") {
        return Some("he");
    }
    SPOKEN.into_iter().find(|language| begins(language))
}

/// Whether `Intl` is likely to take the tag; it throws at what is no BCP 47 tag.
fn well_formed(tag: &str) -> bool {
    let mut length = 0;
    for byte in tag.bytes().chain([b'-']) {
        if byte == b'-' {
            if !(2..=8).contains(&length) {
                return false;
            }
            length = 0;
        } else if byte.is_ascii_alphanumeric() {
            length += 1;
        } else {
            return false;
        }
    }
    true
}

/// The language of a Windows language number; its low ten bits name the primary language
/// (MS-LCID §2.1), the region above them is the browser's to know.
pub fn of_lcid(lcid: u32) -> Option<&'static str> {
    Some(match lcid & 0x3ff {
        0x01 => "ar",
        0x07 => "de",
        0x09 => "en",
        0x0a => "es",
        0x0c => "fr",
        0x0d => "he",
        0x11 => "ja",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(wishes: &[&str]) -> (&'static str, String) {
        let wishes: Vec<_> = wishes.iter().map(|wish| (*wish).to_owned()).collect();
        let choice = choose(&wishes);
        (choice.spoken, choice.format)
    }

    #[test]
    fn the_first_spoken_wish_wins() {
        assert_eq!(chosen(&["he-IL", "en"]), ("he", "he-IL".into()));
        assert_eq!(chosen(&["fi", "pl-PL", "en-GB"]), ("en", "en-GB".into()));
        assert_eq!(chosen(&["iw"]), ("he", "iw".into()));
        assert_eq!(chosen(&["english"]), ("en", "en".into()));
        assert_eq!(chosen(&[]), ("en", "en".into()));
        assert_eq!(chosen(&["fi"]), ("en", "en".into()));
    }

    #[test]
    fn a_region_of_the_same_language_decides_the_format() {
        assert_eq!(chosen(&["en", "he-IL", "en-AU"]), ("en", "en-AU".into()));
    }

    #[test]
    fn a_malformed_tag_never_reaches_intl() {
        for bad in ["en-", "en-\u{5d0}", "en-x!", "en-abcdefghij"] {
            assert_eq!(chosen(&[bad]), ("en", "en".into()), "{bad}");
        }
    }

    #[test]
    fn windows_language_numbers() {
        for (lcid, tag) in [
            (1033, "en"),
            (2057, "en"),
            (1037, "he"),
            (1031, "de"),
            (3082, "es"),
        ] {
            assert_eq!(of_lcid(lcid), Some(tag), "{lcid}");
        }
        assert_eq!(of_lcid(1054), None);
    }
}
