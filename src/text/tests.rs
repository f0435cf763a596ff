use super::sample::{english, strings};
use super::{Text, isolate};
use crate::host::locale::SPOKEN;

#[test]
fn every_language_has_every_text_and_no_other() {
    for tag in SPOKEN {
        let texts = strings(tag);
        for text in Text::ALL {
            let name = text.name();
            let other = format!("{name}.other");
            let found = texts.get(name).or_else(|| texts.get(&other));
            assert!(
                found.is_some_and(|text| !text.is_empty()),
                "{tag}.json lacks {name}"
            );
        }
        for (name, _) in &texts.0 {
            let base = name.split('.').next().unwrap_or(name);
            assert!(
                Text::ALL.iter().any(|text| text.name() == base),
                "{tag}.json: {name} is not used"
            );
        }
    }
}

#[test]
fn every_language_puts_the_same_values_in() {
    let marks = |text: &str| ["{}", "{1}", "{2}"].map(|mark| text.matches(mark).count());
    let english = strings("en");
    for tag in SPOKEN {
        for (name, text) in &strings(tag).0 {
            // "One coin" may do without the number, so counted texts are free.
            let Some(model) = english.get(name).filter(|_| !name.contains('.')) else {
                continue;
            };
            assert_eq!(marks(text), marks(model), "{tag}.json: {name}");
        }
    }
}

#[test]
fn the_directions() {
    for (tag, direction) in [("en", "ltr"), ("he", "rtl")] {
        assert_eq!(english(&strings(tag)).direction(), direction);
    }
}

#[test]
fn counted_texts_follow_the_category() {
    let strings = strings("en");
    let words = english(&strings);
    assert_eq!(words.count(Text::CountCoins, 1), "1 coin");
    assert_eq!(words.count(Text::CountCoins, 30), "30 coins");
}

#[test]
fn what_is_put_in_is_not_read_for_marks() {
    let strings = [("talent_shows".to_owned(), "a {1} b {2} c {".to_owned())]
        .into_iter()
        .collect();
    assert_eq!(
        english(&strings).fill_two(Text::TalentShows, "{2}", "{1}"),
        "a {2} b {1} c {"
    );
}

#[test]
fn values_are_isolated() {
    assert_eq!(isolate("דנה"), "\u{2068}דנה\u{2069}");
}
