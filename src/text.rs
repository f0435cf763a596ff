//! The card's texts in one language, and the browser's way to write numbers and times.

mod keys;

pub use keys::Text;

/// Writing numbers and times for people; the browser's `Intl` on the page.
pub trait Format {
    /// A whole number with its separators.
    fn number(&self, number: i64) -> String;
    /// The plural category of a number: `zero`, `one`, `two`, `few`, `many` or `other` (CLDR).
    fn plural(&self, number: i64) -> String;
    /// How long ago an RFC 3339 time is, such as "3 days ago".
    fn ago(&self, time: &str) -> String;
    /// An RFC 3339 time as date and time.
    fn moment(&self, time: &str) -> String;
    /// A `YYYY-MM-DD` day.
    fn day(&self, day: &str) -> String;
}

/// A text's forms by plural category, `other` last; a text that is not counted has one, of no category.
pub type Forms = Vec<(String, String)>;

/// The texts of one language, in the order of [`Text`]: the build leaves the names out of the files, so
/// that neither they nor the module carry them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings(Vec<Forms>);

impl FromIterator<Forms> for Strings {
    fn from_iter<I: IntoIterator<Item = Forms>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}

impl Strings {
    /// The form of a category, or the last one. The build refuses a language with a missing text.
    fn form(&self, text: Text, category: &str) -> &str {
        let forms = self.0.get(text as usize).map_or(&[][..], Vec::as_slice);
        let found = forms.iter().find(|(known, _)| known == category);
        found.or(forms.last()).map_or("", |(_, text)| text.as_str())
    }
}

/// Texts and format together: what a view needs to speak.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    strings: &'a Strings,
    /// Numbers and times.
    pub format: &'a dyn Format,
}

impl<'a> Words<'a> {
    /// The words of a language.
    pub fn new(strings: &'a Strings, format: &'a dyn Format) -> Self {
        Self { strings, format }
    }

    /// A text.
    pub fn say(&self, text: Text) -> &'a str {
        self.strings.form(text, "")
    }

    /// A text with a value in place of `{}`.
    pub fn fill(&self, text: Text, value: &str) -> String {
        put(self.say(text), value)
    }

    /// A text with two values in place of `{1}` and `{2}`, which languages order as they like.
    pub fn fill_two(&self, text: Text, first: &str, second: &str) -> String {
        // What is put in may hold braces itself, so the text is cut before anything is put in.
        let mut filled = String::new();
        for (place, piece) in self.say(text).split('{').enumerate() {
            let (value, rest) = match piece.strip_prefix("1}") {
                Some(rest) => (first, rest),
                None => piece
                    .strip_prefix("2}")
                    .map_or(("{", piece), |rest| (second, rest)),
            };
            if place > 0 {
                filled.push_str(value);
                filled.push_str(rest);
            } else {
                filled.push_str(piece);
            }
        }
        filled
    }

    /// A counted text: the form of the number's category, the number in place of `{}`.
    pub fn count(&self, text: Text, number: i64) -> String {
        let form = self.strings.form(text, &self.format.plural(number));
        put(form, &self.format.number(number))
    }

    /// Which way the language is written: `ltr` or `rtl`.
    pub fn direction(&self) -> &'a str {
        self.say(Text::Direction)
    }
}

/// A text with a value in place of the first `{}`.
fn put(text: &str, value: &str) -> String {
    match text.split_once('{') {
        Some((before, after)) => [before, value, after.strip_prefix('}').unwrap_or(after)].concat(),
        None => text.into(),
    }
}

/// A value from data inside a sentence, kept from turning the sentence around it (Unicode
/// first-strong isolate).
pub fn isolate(value: &str) -> String {
    let mut isolated = String::with_capacity(value.len() + 6);
    isolated.push('\u{2068}');
    isolated.push_str(value);
    isolated.push('\u{2069}');
    isolated
}

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
