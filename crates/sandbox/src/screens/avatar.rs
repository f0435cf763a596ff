//! A person's picture in a circle, or the initials.

use maud::{Markup, html};

/// `number` is the personnel number of somebody who has a portrait.
pub(crate) fn avatar(number: Option<&str>, name: &str) -> Markup {
    let tone = name.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    html! {
        // The name stands beside it, so screen readers need neither.
        span class={ "avatar tone-" (tone % 6) } aria-hidden="true" {
            span { (initials(name)) }
            @if let Some(number) = number {
                img src={ "/portraits/" (number) } alt="" width="210" height="210" loading="lazy";
            }
        }
    }
}

/// The first letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        for (name, expected) in [
            ("Guy Gilbert", "GG"),
            ("Paula Barreto de Mattos", "PM"),
            ("Suharto", "S"),
            ("דוד כהן", "דכ"),
            ("Zoë 🦊 Lund", "ZL"),
            ("", ""),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
