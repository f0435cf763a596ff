//! The identifiers the sources do not have: made up from the personnel number, so they stay.

use uuid::Uuid;

/// Namespace of every made-up identifier.
const NAMESPACE: Uuid = Uuid::from_u128(0x6a1f_0f0c_36cf_5d0c_9d61_e3a5_7b1e_5a0d);

/// The object id of an Entra account, the same for the same key.
pub(crate) fn object_id(key: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, key.as_bytes())
}

/// The party number of a worker, in Talent's style of nine digits.
pub(crate) fn party_number(number: &str) -> String {
    // Not the personnel number itself, so that nobody joins by the wrong one unnoticed.
    format!("9{number:0>8}")
}

/// The id of a worker's primary position.
pub(crate) fn position(number: &str) -> String {
    format!("P{number}")
}

/// The id of a worker's employment, counted from 1.
pub(crate) fn employment(number: &str, count: usize) -> String {
    format!("{number}-{count}")
}

/// The operating unit number of the department at `index` of the sorted names.
pub(crate) fn department(index: usize) -> String {
    format!("{:03}", (index + 1) * 10)
}

/// A text as a sign-in name may hold it: ASCII letters and digits and `.-_`, accents folded.
///
/// Entra takes no letters with diacritics in a user principal name (Microsoft 365, *Prepare for
/// directory synchronization*). What has no base letter is left out.
pub(crate) fn sign_in_name(text: &str) -> String {
    text.chars()
        .filter_map(base_letter)
        .collect::<String>()
        .to_ascii_lowercase()
}

fn base_letter(letter: char) -> Option<char> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'À'..='Å' | 'Ā' => 'a',
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => 'c',
        'ď' | 'đ' | 'Đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' | 'È'..='Ë' => 'e',
        'ğ' | 'Ğ' => 'g',
        'ì'..='ï' | 'ı' | 'ī' | 'Ì'..='Ï' | 'İ' => 'i',
        'ł' | 'Ł' => 'l',
        'ñ' | 'ń' | 'ň' | 'Ñ' => 'n',
        'ò'..='ö' | 'ø' | 'ő' | 'Ò'..='Ö' | 'Ø' => 'o',
        'ř' | 'Ř' => 'r',
        'ś' | 'š' | 'ş' | 'Ś' | 'Š' | 'Ş' => 's',
        'ť' | 'ţ' => 't',
        'ù'..='ü' | 'ů' | 'ű' | 'Ù'..='Ü' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'Ż' | 'Ž' => 'z',
        '@' | '.' | '-' | '_' => letter,
        _ if letter.is_ascii_alphanumeric() => letter,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_fold_and_the_rest_goes() {
        assert_eq!(
            sign_in_name("françois0@adventure-works.com"),
            "francois0@adventure-works.com"
        );
        assert_eq!(sign_in_name("José1"), "jose1");
        assert_eq!(sign_in_name("李 o'n"), "on");
    }

    #[test]
    fn object_ids_stay() {
        assert_eq!(object_id("000001"), object_id("000001"));
        assert_ne!(object_id("000001"), object_id("000002"));
    }
}
