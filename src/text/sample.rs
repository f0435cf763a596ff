//! The real texts with a plain format, for native tests.

use std::collections::BTreeMap;

use super::{Format, Strings, Text, Words};

/// Writes numbers and times so that a test can foretell them.
pub(crate) struct Plain;

impl Format for Plain {
    fn number(&self, number: i64) -> String {
        number.to_string()
    }

    fn plural(&self, number: i64) -> String {
        if number == 1 { "one" } else { "other" }.into()
    }

    fn ago(&self, time: &str) -> String {
        format!("ago({time})")
    }

    fn moment(&self, time: &str) -> String {
        format!("at({time})")
    }

    fn day(&self, day: &str) -> String {
        format!("on({day})")
    }
}

/// A language's file, by name.
pub(crate) fn file(tag: &str) -> BTreeMap<String, String> {
    let path = format!("{}/www/locales/{tag}.json", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A language's texts as the page loads them.
pub(crate) fn strings(tag: &str) -> Strings {
    let file = file(tag);
    let forms = |text: &Text| {
        let form = |(name, form): (&String, &String)| {
            let category = name.strip_prefix(text.name())?;
            let category = category
                .strip_prefix('.')
                .or(category.is_empty().then_some(""))?;
            Some((category.to_owned(), form.clone()))
        };
        let mut forms: Vec<_> = file.iter().filter_map(form).collect();
        forms.sort_by_key(|(category, _)| category == "other");
        forms
    };
    Text::ALL.iter().map(forms).collect()
}

/// English words in the plain format.
pub(crate) fn english(strings: &Strings) -> Words<'_> {
    Words::new(strings, &Plain)
}
