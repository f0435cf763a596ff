//! A person's picture in small, and the initials that stand for it.

use maud::{Markup, html};

use super::encoded;

/// How many tones of `.tone-…` the style sheets have.
const TONES: u32 = 6;

/// The round picture beside a name: the portrait of the worker with this personnel number, or
/// the initials of somebody who is no worker. It only decorates: the name stands beside it.
pub(crate) fn avatar(number: Option<&str>, name: &str) -> Markup {
    html! {
        span class={ "avatar tone-" (tone(number.unwrap_or(name))) } aria-hidden="true" {
            @if let Some(number) = number {
                img src={ "/portraits/" (encoded(number)) } alt="" width="32" height="32"
                    loading="lazy" decoding="async";
            } @else {
                (initials(name))
            }
        }
    }
}

/// The first letters of the first and the last word; of a name in one word, its first.
pub(super) fn initials(name: &str) -> String {
    let mut letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = letters.next();
    let last = letters.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The tone of somebody's initials: the same for the same person.
pub(super) fn tone(key: &str) -> u32 {
    key.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    }) % TONES
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_come_from_the_ends_of_the_name() {
        let expected = [
            ("Ken J Sánchez", "KS"),
            ("Thierry D'Hers", "TD"),
            ("josé", "J"),
            ("(Ada) 'van' Dijk", "AD"),
            ("王 小明", "王小"),
            ("😀", ""),
            ("", ""),
        ];
        for (name, letters) in expected {
            assert_eq!(initials(name), letters, "initials of {name:?}");
        }
    }
}
