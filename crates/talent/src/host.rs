//! What a host page says in the frame's address: for which worker, or which record.
//!
//! The frame's own parameter is `worker`. A model-driven form passes `id`, `typename` and more
//! (Microsoft Learn: use-iframe-and-web-resource-controls-on-a-form); a canvas app may pass `EntityId`.
//! Whoever opens the address can write what they like there: it says what to show, never who may see it.

use percent_encoding::percent_decode_str;

use crate::Guid;

/// The parameters, read without regard to case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// A personnel number.
    pub worker: Option<String>,
    /// A Dataverse record, braces stripped.
    pub record: Option<Guid>,
    /// The record's table, in lower case, e.g. `cdm_worker`.
    pub table: Option<String>,
    /// The user's language as Windows numbers it, e.g. 1033.
    pub user_language: Option<u32>,
}

/// Personnel numbers have at most 25 characters out of the box; extended ones are not much longer.
const LONGEST: usize = 100;

impl Context {
    /// Reads a query such as `?worker=000123`, with or without the question mark.
    pub fn from_query(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        Self::from_pairs(query.split('&').map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        }))
    }

    /// Reads decoded names and values, e.g. of the browser's `URLSearchParams`. Of a name that comes
    /// twice the first value counts.
    pub fn from_pairs<N: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let mut context = Self::default();
        let mut entity = None;
        for (name, value) in pairs {
            let value = value.as_ref().trim();
            match name.as_ref().to_ascii_lowercase().as_str() {
                "worker" => first(&mut context.worker, number(value)),
                // A canvas app's only parameter: the field that its maker has bound.
                "entityid" => first(&mut entity, number(value)),
                "id" => first(&mut context.record, value.parse().ok()),
                "typename" => first(&mut context.table, table(value)),
                "userlcid" => first(&mut context.user_language, value.parse().ok()),
                _ => {}
            }
        }
        first(&mut context.worker, entity);
        context
    }
}

fn first<T>(place: &mut Option<T>, value: Option<T>) {
    if place.is_none() {
        *place = value;
    }
}

fn number(value: &str) -> Option<String> {
    let bare = value
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(value)
        .trim();
    let fits =
        !bare.is_empty() && bare.chars().count() <= LONGEST && !bare.chars().any(char::is_control);
    fits.then(|| bare.to_owned())
}

fn table(value: &str) -> Option<String> {
    let fits = !value.is_empty()
        && value.len() <= LONGEST
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    fits.then(|| value.to_ascii_lowercase())
}

fn decode(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn our_own_parameter() {
        for query in [
            "?worker=000123",
            "Worker=000123&x",
            "?WORKER=%7B000123%7D",
            "worker=+000123+&worker=2",
        ] {
            assert_eq!(
                Context::from_query(query).worker.as_deref(),
                Some("000123"),
                "{query}"
            );
        }
        for query in ["", "?", "worker=", "worker", "worker=%00", "worker={}"] {
            assert_eq!(Context::from_query(query), Context::default(), "{query}");
        }
        assert_eq!(
            Context::from_query("worker=D%27Hers%2B1").worker.as_deref(),
            Some("D'Hers+1")
        );
        assert_eq!(
            Context::from_query("EntityId=7").worker.as_deref(),
            Some("7")
        );
        assert_eq!(
            Context::from_query("EntityId=7&worker=8").worker.as_deref(),
            Some("8")
        );
    }

    #[test]
    fn a_model_driven_form() {
        let context = Context::from_query(
            "?id=%7bB2232821-A775-DF11-8DD1-00155DBA3809%7d&orglcid=1033&orgname=adventureworkscycle\
             &type=1&typename=CDM_Worker&UserLcid=1031",
        );
        assert_eq!(
            context.record.unwrap().to_string(),
            "b2232821-a775-df11-8dd1-00155dba3809"
        );
        assert_eq!(context.table.as_deref(), Some("cdm_worker"));
        assert_eq!(context.user_language, Some(1031));
        assert_eq!(context.worker, None);
    }

    proptest! {
        #[test]
        fn any_query_is_read(query: String) {
            let context = Context::from_query(&query);
            if let Some(worker) = context.worker {
                prop_assert!(!worker.is_empty() && worker.chars().count() <= LONGEST);
            }
        }
    }
}
