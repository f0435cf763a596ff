//! Random texts and random changes of a genuine token never panic and never get in.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eloops_server::auth::keys::KeyCache;
use proptest::prelude::*;
use proptest::sample::Index;
use tokio::runtime::{Builder, Runtime};

use super::forger::Forger;
use super::refused::{NOW, Published, ROOT, judge, keys};

struct Judge {
    runtime: Runtime,
    keys: KeyCache<Published>,
    genuine: String,
}

static JUDGE: LazyLock<Judge> = LazyLock::new(|| {
    let forger = Forger::new(ROOT, NOW);
    Judge {
        runtime: Builder::new_current_thread().build().unwrap(),
        keys: keys(&forger),
        genuine: forger.genuine(),
    }
});

fn gets_in(token: &str) -> bool {
    let judge_ = &*JUDGE;
    judge_.runtime.block_on(judge(&judge_.keys, token)).is_ok()
}

/// One change of a text.
#[derive(Debug, Clone)]
enum Change {
    Put(Index, char),
    Insert(Index, char),
    Remove(Index),
    Swap(Index, Index),
    Cut(Index),
    Repeat(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let character = prop_oneof![
        "[A-Za-z0-9_.=+/-]".prop_map(|text| text.chars().next().unwrap_or('.')),
        any::<char>(),
    ];
    prop_oneof![
        (any::<Index>(), character.clone()).prop_map(|(at, c)| Change::Put(at, c)),
        (any::<Index>(), character).prop_map(|(at, c)| Change::Insert(at, c)),
        any::<Index>().prop_map(Change::Remove),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Swap(a, b)),
        any::<Index>().prop_map(Change::Cut),
        any::<Index>().prop_map(Change::Repeat),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for change in changes {
        let len = text.len();
        if len == 0 {
            break;
        }
        match change {
            Change::Put(at, c) => text[at.index(len)] = *c,
            Change::Insert(at, c) => text.insert(at.index(len), *c),
            Change::Remove(at) => drop(text.remove(at.index(len))),
            Change::Swap(a, b) => text.swap(a.index(len), b.index(len)),
            Change::Cut(at) => text.truncate(at.index(len)),
            Change::Repeat(at) => text.extend_from_within(at.index(len)..),
        }
    }
    text.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn random_texts_are_refused(text in any::<String>()) {
        prop_assert!(!gets_in(&text));
    }

    #[test]
    fn random_bytes_in_three_parts_are_refused(
        parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..6),
    ) {
        let parts: Vec<_> = parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
        prop_assert!(!gets_in(&parts.join(".")));
    }

    #[test]
    fn a_changed_token_is_refused(changes in prop::collection::vec(change(), 1..4)) {
        let genuine = &JUDGE.genuine;
        let token = changed(genuine, &changes);
        prop_assert_eq!(gets_in(&token), token == *genuine, "{}", token);
    }
}
