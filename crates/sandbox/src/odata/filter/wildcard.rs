//! Talent's way to say "contains": equality with `*`.

/// A text with `*` for any run of characters, also none. Letter case counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::odata) struct Wildcard {
    first: Box<str>,
    middle: Vec<Box<str>>,
    last: Box<str>,
}

impl Wildcard {
    /// The pattern, when the text has a `*`.
    pub(in crate::odata) fn new(text: &str) -> Option<Self> {
        let (first, rest) = text.split_once('*')?;
        let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        let middle = middle
            .split('*')
            .filter(|part| !part.is_empty())
            .map(Box::from)
            .collect();
        Some(Self {
            first: first.into(),
            middle,
            last: last.into(),
        })
    }

    /// The text fits the pattern.
    pub(in crate::odata) fn matches(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(&*self.first) else {
            return false;
        };
        let Some(mut rest) = rest.strip_suffix(&*self.last) else {
            return false;
        };
        for part in &self.middle {
            let Some(at) = rest.find(&**part) else {
                return false;
            };
            rest = &rest[at + part.len()..];
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Wildcard;

    #[test]
    fn stars_stand_for_any_run() {
        let cases = [
            ("*", "", true),
            ("*ann*", "Joanna", true),
            ("*ann*", "Jon", false),
            ("Jo*", "Joanna", true),
            ("Jo*", "Mojo", false),
            ("*na", "Joanna", true),
            ("J*n*a", "Joanna", true),
            ("J*n*n*n*a", "Joanna", false),
            ("aa*aa", "aaa", false),
            ("*é*", "José", true),
        ];
        for (pattern, text, expected) in cases {
            let wildcard = Wildcard::new(pattern).expect("the pattern has a star");
            assert_eq!(wildcard.matches(text), expected, "{pattern} on {text}");
        }
        assert_eq!(Wildcard::new("plain"), None);
    }
}
