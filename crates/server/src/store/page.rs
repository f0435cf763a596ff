//! Cursor paging: a list is ordered by a key, and the cursor is the last key handed out.

use aws_lc_rs::digest;
use eloops_api::Page;

use super::{Result, StoreError};

/// Rows a page holds when the caller does not say.
pub const DEFAULT_LIMIT: u32 = 50;
/// Rows a page holds at most.
pub const MAX_LIMIT: u32 = 200;

/// Which page of a list is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// Rows wanted; held between 1 and [`MAX_LIMIT`].
    pub limit: Option<u32>,
    /// A former answer's `next_cursor`.
    pub cursor: Option<String>,
}

impl PageRequest {
    /// Rows of this page.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT) as usize
    }

    /// One row more than the page has, which tells whether another page follows.
    pub(super) fn fetch(&self) -> i64 {
        i64::try_from(self.rows()).unwrap_or(i64::from(MAX_LIMIT)) + 1
    }

    /// The key after which this page begins.
    pub(super) fn after(&self) -> Result<Option<String>> {
        self.cursor.as_deref().map(decode).transpose()
    }

    /// Cuts the extra row off and turns the last key into the cursor.
    pub(super) fn page<T>(&self, mut items: Vec<T>, key: impl Fn(&T) -> String) -> Page<T> {
        let more = items.len() > self.rows();
        items.truncate(self.rows());
        let next_cursor = items.last().filter(|_| more).map(|last| encode(&key(last)));
        Page { items, next_cursor }
    }
}

// A short check keeps invented cursors from being taken for keys.
fn encode(key: &str) -> String {
    let mut out = String::with_capacity(key.len() * 2 + 4);
    for byte in check(key).iter().chain(key.as_bytes()) {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}

fn decode(cursor: &str) -> Result<String> {
    let bytes: Option<Vec<u8>> = (0..cursor.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(cursor.get(at..at + 2)?, 16).ok())
        .collect();
    let bytes = bytes
        .filter(|bytes| bytes.len() > 2)
        .ok_or(StoreError::BadCursor)?;
    let key = String::from_utf8(bytes[2..].to_vec()).map_err(|_| StoreError::BadCursor)?;
    if check(&key) == bytes[..2] {
        Ok(key)
    } else {
        Err(StoreError::BadCursor)
    }
}

fn check(key: &str) -> [u8; 2] {
    let hash = digest::digest(&digest::SHA256, key.as_bytes());
    let bytes = hash.as_ref();
    [bytes[0], bytes[1]]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_gives_its_key_back(key in ".{1,40}") {
            prop_assert_eq!(decode(&encode(&key)).unwrap(), key);
        }

        #[test]
        fn an_invented_cursor_never_panics(cursor in ".{0,40}") {
            let _ = decode(&cursor);
        }
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        let request = PageRequest {
            limit: Some(2),
            cursor: None,
        };
        let full = request.page(vec![1, 2, 3], ToString::to_string);
        assert_eq!(full.items, vec![1, 2]);
        assert_eq!(decode(&full.next_cursor.unwrap()).unwrap(), "2");
        assert_eq!(
            request.page(vec![1, 2], ToString::to_string).next_cursor,
            None
        );
    }
}
