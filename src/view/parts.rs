//! Small pieces that several screens share.

use crate::node::{Element, element};
use crate::text::{Text, Words, isolate};

/// An element that says one of the card's texts.
pub(super) trait Say {
    /// With a text in it.
    fn say(self, words: Words<'_>, text: Text) -> Self;
}

impl Say for Element {
    #[inline(never)]
    fn say(self, words: Words<'_>, text: Text) -> Self {
        self.text(words.say(text))
    }
}

/// A button that does a named act.
pub(super) fn button(act: &'static str, class: &str) -> Element {
    element("button", &["button ", class].concat())
        .with("type", "button")
        .with("data-act", act)
}

/// The heading that takes the focus when a screen opens.
pub(super) fn heading(text: &str) -> Element {
    element("h2", "name")
        .with("tabindex", "-1")
        .with("data-focus", "heading")
        .with("dir", "auto")
        .text(text)
}

/// "Try again".
pub(super) fn retry(words: Words<'_>) -> Element {
    button("retry", "quiet").say(words, Text::Retry)
}

/// A link that opens a window of its own, which knows nothing of this one. Only to the web: an address of
/// another kind leads nowhere.
pub(super) fn link(address: &str, text: Text, words: Words<'_>) -> Element {
    let web = address.starts_with("https://") || address.starts_with("http://");
    element("a", "")
        .with_some("href", web.then_some(address))
        .with("target", "_blank")
        .with("rel", "noopener")
        .say(words, text)
}

/// A remark on something that is not as it should be, with a way to try again where that can help.
pub(super) fn remark(text: &str, retry_too: bool, words: Words<'_>) -> Element {
    element("div", "remark")
        .child(super::icon::info())
        .child(element("p", "").text(text))
        .child_some(retry_too.then(|| retry(words)))
}

/// The first letters of a name's first and last word; for where there is no photo. The style sheet
/// writes them in upper case, as tables of letters are large.
pub(super) fn initials(name: &str) -> String {
    let (mut first, mut last) = (None, None);
    let mut inside = false;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() || letter > '\u{bf}' && !is_mark(letter) {
            if !inside {
                let place = if first.is_none() {
                    &mut first
                } else {
                    &mut last
                };
                *place = Some(letter);
            }
            inside = true;
        } else if matches!(letter, ' ' | '\u{a0}' | '\t' | '\n' | '-') {
            inside = false;
        }
    }
    let mut initials = String::new();
    initials.extend(first);
    initials.extend(last);
    initials
}

/// Punctuation and the signs that steer the direction of text, beyond Latin.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// A round picture of a person, or the initials on one of six colours that stays with the number.
pub(super) fn face(name: &str, number: &str, photo: Option<&str>) -> Element {
    let colour = number.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    }) % 6;
    const CLASSES: [&str; 6] = [
        "face c0", "face c1", "face c2", "face c3", "face c4", "face c5",
    ];
    if let Some(address) = photo {
        return element("img", "face")
            .with("alt", "")
            .with("src", address)
            .key("photo");
    }
    let initials = initials(name);
    let face = element("span", CLASSES[colour as usize]).with("aria-hidden", "true");
    if initials.is_empty() {
        face.key("nobody").child(super::icon::person())
    } else {
        face.key("initials").text(&initials)
    }
}

/// A value from data, in its own direction.
pub(super) fn data(text: &str) -> Element {
    element("bdi", "").text(text)
}

/// "No. 000123".
pub(super) fn number(number: &str, words: Words<'_>) -> String {
    words.fill(Text::Number, &isolate(number))
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_names() {
        let cases = [
            ("Ken Sánchez", "KS"),
            ("Ken J. Sánchez", "KS"),
            ("Anne-Marie Dupont", "AD"),
            ("Cher", "C"),
            ("élodie d’Arc", "éd"),
            ("(Bob) Hohman", "BH"),
            ("דנה כהן", "דכ"),
            ("山田 太郎", "山太"),
            ("\u{202e}<img>", "i"),
            ("", ""),
            ("---", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(initials(name), expected, "{name:?}");
        }
    }
}
