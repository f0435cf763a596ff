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
pub fn choose<'a>(wishes: impl Iterator<Item = &'a str> + Clone) -> Choice {
    let spoken = wishes
        .clone()
        .find_map(spoken_language)
        .unwrap_or(SPOKEN[0]);
    let same = wishes.filter(|wish| spoken_language(wish) == Some(spoken) && well_formed(wish));
    let format = same
        .clone()
        .find(|wish| wish.contains('-'))
        .or_else(|| same.clone().next());
    Choice {
        spoken,
        format: format.unwrap_or(spoken).into(),
    }
}

fn spoken_language(tag: &str) -> Option<&'static str> {
    let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
    // `iw` is Hebrew's old code, which some hosts still send.
    let language = if language.eq_ignore_ascii_case("iw") {
        "he"
    } else {
        language
    };
    SPOKEN
        .into_iter()
        .find(|known| language.eq_ignore_ascii_case(known))
}

/// Whether `Intl` will take the tag: it throws at anything that is no BCP 47 tag.
fn well_formed(tag: &str) -> bool {
    tag.split('-').enumerate().all(|(place, part)| {
        let length = if place == 0 { 2..=3 } else { 2..=8 };
        length.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
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
        let choice = choose(wishes.iter().copied());
        (choice.spoken, choice.format)
    }

    #[test]
    fn the_first_spoken_wish_wins() {
        assert_eq!(chosen(&["he-IL", "en"]), ("he", "he-IL".into()));
        assert_eq!(chosen(&["fi", "pl-PL", "en-GB"]), ("en", "en-GB".into()));
        assert_eq!(chosen(&["iw"]), ("he", "iw".into()));
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
