use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bearers after which the older half is forgotten; one takes some ten bytes.
const HALF: usize = 50_000;

/// Bearers that led to somebody not long ago, as hashes under a key of this process: they are looked at however
/// many wrong ones come from the same address.
#[derive(Default)]
pub(super) struct Familiar {
    /// Random for each process: nobody can make up a bearer that falls together with one.
    hasher: RandomState,
    halves: Mutex<Halves>,
}

#[derive(Default)]
struct Halves {
    younger: HashSet<u64>,
    older: HashSet<u64>,
}

impl Familiar {
    /// Notes that the bearer led to somebody.
    pub(super) fn note(&self, bearer: &str) {
        let key = self.hasher.hash_one(bearer);
        let mut halves = self.lock();
        if halves.younger.len() >= HALF {
            halves.older = mem::take(&mut halves.younger);
        }
        halves.younger.insert(key);
    }

    /// Forgets a bearer that leads to nobody any more.
    pub(super) fn forget(&self, bearer: &str) {
        let key = self.hasher.hash_one(bearer);
        let mut halves = self.lock();
        halves.younger.remove(&key);
        halves.older.remove(&key);
    }

    /// Whether it led to somebody.
    pub(super) fn knows(&self, bearer: &str) -> bool {
        let key = self.hasher.hash_one(bearer);
        let halves = self.lock();
        halves.younger.contains(&key) || halves.older.contains(&key)
    }

    fn lock(&self) -> MutexGuard<'_, Halves> {
        self.halves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bearers_are_known_until_they_are_forgotten() {
        let familiar = Familiar::default();
        assert!(!familiar.knows("one"));
        familiar.note("one");
        assert!(familiar.knows("one") && !familiar.knows("two"));
        familiar.forget("one");
        assert!(!familiar.knows("one"));
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let familiar = Familiar::default();
        for at in 0..HALF * 5 {
            familiar.note(&at.to_string());
            familiar.note("in use");
        }
        let halves = familiar.lock();
        let remembered = halves.younger.len() + halves.older.len();
        drop(halves);
        assert!(remembered <= HALF * 2, "{remembered}");
        assert!(familiar.knows("in use") && !familiar.knows("0"));
    }
}
