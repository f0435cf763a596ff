use super::sample::{english, file, strings};
use super::{Text, isolate};
use crate::host::locale::SPOKEN;

#[test]
fn every_language_has_every_text_and_no_other() {
    for tag in SPOKEN {
        let texts = file(tag);
        for text in Text::ALL {
            let name = text.name();
            let other = format!("{name}.other");
            let found = texts.get(name).or_else(|| texts.get(&other));
            assert!(
                found.is_some_and(|text| !text.is_empty()),
                "{tag}.json lacks {name}"
            );
        }
        for name in texts.keys() {
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
    let english = file("en");
    for tag in SPOKEN {
        for (name, text) in &file(tag) {
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
    // The plain format knows no other categories, so two is one of the others.
    let hebrew = super::sample::strings("he");
    assert_eq!(english(&hebrew).count(Text::CountCoins, 2), "2 מטבעות");
}

#[test]
fn what_is_put_in_is_not_read_for_marks() {
    let forms = vec![(String::new(), "a {1} b {2} c {".to_owned())];
    let strings = vec![forms; Text::ALL.len()].into_iter().collect();
    assert_eq!(
        english(&strings).fill_two(Text::TalentShows, "{2}", "{1}"),
        "a {2} b {1} c {"
    );
}

#[test]
fn values_are_isolated() {
    assert_eq!(isolate("דנה"), "\u{2068}דנה\u{2069}");
}
