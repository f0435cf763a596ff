use serde::{Deserialize, Deserializer};

/// A refusal's body in any of the forms seen: OData's two levels, and the plain `Message` of the
/// layers outside OData. Everything may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ErrorBody {
    #[serde(default, deserialize_with = "lenient")]
    error: Option<Outer>,
    #[serde(default, rename = "Message", deserialize_with = "lenient")]
    message: Option<Box<str>>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Outer {
    #[serde(default, deserialize_with = "lenient")]
    code: Option<Box<str>>,
    #[serde(default, deserialize_with = "lenient")]
    message: Option<Box<str>>,
    #[serde(default, deserialize_with = "lenient")]
    innererror: Option<Inner>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Inner {
    #[serde(default, deserialize_with = "lenient")]
    message: Option<Box<str>>,
}

/// Longer texts are cut: an Infolog is a few lines, a stack trace helps nobody here.
const LONGEST: usize = 2_000;

impl ErrorBody {
    /// The most telling message: the inner one, which holds the Infolog, else the outer one.
    pub fn message(&self) -> Option<&str> {
        let outer = self.error.as_ref();
        let inner = outer.and_then(|outer| outer.innererror.as_ref());
        [
            inner.and_then(|inner| inner.message.as_deref()),
            outer.and_then(|outer| outer.message.as_deref()),
            self.message.as_deref(),
        ]
        .into_iter()
        .flatten()
        .map(str::trim)
        .find(|text| !text.is_empty())
        .map(|text| {
            text.char_indices()
                .nth(LONGEST)
                .map_or(text, |(at, _)| &text[..at])
        })
    }

    /// OData's `code`, where there is one.
    pub fn code(&self) -> Option<&str> {
        self.error
            .as_ref()?
            .code
            .as_deref()
            .filter(|code| !code.is_empty())
    }
}

/// A member of an unexpected type is as good as none.
fn lenient<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either<T> {
        Fits(T),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Fits(value) => Some(value),
        Either::Other(_) => None,
    })
}
