//! Which requests came, counted.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use axum::http::{Method, StatusCode};
use serde::Serialize;

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Line {
    pub(crate) method: String,
    /// Without the query; keys are written `(…)`.
    pub(crate) path: String,
    pub(crate) status: u16,
    /// An operation inside a `$batch`, not a request of its own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) in_batch: bool,
}

/// A line and how often it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Counted {
    #[serde(flatten)]
    pub(crate) line: Line,
    pub(crate) count: u64,
}

/// The counters.
#[derive(Debug, Default)]
pub(crate) struct RequestLog(Mutex<BTreeMap<Line, u64>>);

impl RequestLog {
    pub(crate) fn add(&self, method: &Method, path: &str, status: StatusCode, in_batch: bool) {
        let line = Line {
            method: method.to_string(),
            path: without_keys(path),
            status: status.as_u16(),
            in_batch,
        };
        *self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(line)
            .or_default() += 1;
    }

    /// All lines in order of method and path.
    pub(crate) fn lines(&self) -> Vec<Counted> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines
            .iter()
            .map(|(line, count)| Counted {
                line: line.clone(),
                count: *count,
            })
            .collect()
    }

    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

/// The path with every OData key replaced by `(…)`; quoted values may hold brackets.
fn without_keys(path: &str) -> String {
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let (mut out, mut depth, mut quoted) = (String::new(), 0_u32, false);
    for letter in path.chars() {
        match letter {
            '\'' if depth > 0 => quoted = !quoted,
            '(' if !quoted => {
                if depth == 0 {
                    out.push_str("(…");
                }
                depth += 1;
            }
            ')' if !quoted && depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push(')');
                }
            }
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_not_told_apart() {
        for (path, expected) in [
            ("/data/Workers", "/data/Workers"),
            (
                "/data/Workers(PersonnelNumber='000001')",
                "/data/Workers(…)",
            ),
            ("/data/Workers(%27000001%27)/Name", "/data/Workers(…)/Name"),
            ("/data/Titles('a) b''(c')", "/data/Titles(…)"),
            ("/data/Titles('open", "/data/Titles(…"),
        ] {
            assert_eq!(without_keys(path), expected, "{path}");
        }
    }

    #[test]
    fn the_same_is_counted_and_cleared() {
        let log = RequestLog::default();
        log.add(&Method::GET, "/data/Workers('1')", StatusCode::OK, false);
        log.add(&Method::GET, "/data/Workers('2')", StatusCode::OK, false);
        log.add(
            &Method::GET,
            "/data/Workers('2')",
            StatusCode::NOT_FOUND,
            false,
        );
        let counts: Vec<_> = log
            .lines()
            .iter()
            .map(|l| (l.line.status, l.count))
            .collect();
        assert_eq!(counts, [(200, 2), (404, 1)]);
        log.clear();
        assert!(log.lines().is_empty());
    }
}
