//! Which tokens were given out, so that a test can search for them where they must not be.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

/// Most that are kept; older ones are forgotten.
const KEPT: usize = 10_000;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Kind {
    #[serde(rename = "access_token")]
    Access,
    #[serde(rename = "id_token")]
    Id,
    #[serde(rename = "refresh_token")]
    Refresh,
}

/// One token, as `GET /sandbox/tokens` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) value: String,
}

/// The newest tokens, in the order they were given out.
#[derive(Debug, Default)]
pub(crate) struct Issued(Mutex<VecDeque<Token>>);

impl Issued {
    /// Notes a token and gives it back.
    pub(crate) fn note(&self, kind: Kind, value: String) -> String {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() == KEPT {
            tokens.pop_front();
        }
        let token = Token { kind, value };
        tokens.push_back(token.clone());
        token.value
    }

    /// All that are kept.
    pub(crate) fn all(&self) -> Vec<Token> {
        let tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.iter().cloned().collect()
    }

    /// Forgets them.
    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept_in_order() {
        let issued = Issued::default();
        for number in 0..KEPT + 2 {
            issued.note(Kind::Id, number.to_string());
        }
        let all = issued.all();
        let ends = [all.first(), all.last()].map(|token| token.unwrap().value.clone());
        assert_eq!((all.len(), ends), (KEPT, ["2".into(), "10001".into()]));
    }
}
