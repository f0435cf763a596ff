//! `$batch`: many PATCHes in one request (OData 4.01 §11.7; the form as seen in the field).
//!
//! ```
//! use eloops_talent::batch::{Batch, Outcome};
//! use eloops_talent::{Changes, CustomField, Edm, Kind, Response, Root};
//!
//! let root = Root::new(Kind::FinanceOperations, "https://contoso.operations.dynamics.com")?;
//! let coins = CustomField { name: "EloopsCoins_Custom".into(), edm: Edm::Int32 };
//! let mut batch = Batch::new();
//! batch.worker("000001", Changes::new().set(&coins, 120)?);
//! let request = batch.request(&root, "0192f");
//! assert_eq!(request.url, "https://contoso.operations.dynamics.com/data/$batch");
//!
//! let answer = "--r\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--r--\r\n";
//! assert_eq!(batch.read(&Response::new(200, answer))?, [Outcome::Done]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compose;
mod correlate;
mod multipart;
mod part;

use crate::{Changes, Refusal};

/// The most operations in one batch: the limit of finance and operations in 2022, an upper bound
/// (Microsoft Learn: service-protection-api-limits).
pub const MOST: usize = 5_000;

/// Writes to be sent together, in change sets: what is in one set happens wholly or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    operations: Vec<Operation>,
    /// For each change set, where its operations end.
    ends: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Operation {
    number: Box<str>,
    changes: Changes,
}

/// What became of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Written.
    Done,
    /// Not written; Talent says why.
    Refused(Box<Refusal>),
    /// Not written, because another operation of the same change set was refused.
    RolledBack,
    /// The answer does not speak of it: the service stopped before, or the answer was cut short. It may
    /// or may not have been written; writing the same value again does no harm.
    Unanswered,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one worker's changes as a change set of their own, so that nobody's refusal is another's.
    pub fn worker(&mut self, number: &str, changes: Changes) {
        self.change_set([(number, changes)]);
    }

    /// Adds a change set: all of these or none. An empty one is left out.
    pub fn change_set<'n>(&mut self, operations: impl IntoIterator<Item = (&'n str, Changes)>) {
        let before = self.operations.len();
        self.operations
            .extend(operations.into_iter().map(|(number, changes)| Operation {
                number: number.into(),
                changes,
            }));
        if self.operations.len() > before {
            self.ends.push(self.operations.len());
        }
    }

    /// Number of operations, over all change sets.
    pub fn len(&self) -> usize {
        self.operations.len()
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }

    /// The operations' indices, change set by change set.
    fn sets(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(self.ends.iter().copied())
            .map(|(start, end)| start..end)
    }
}

#[cfg(test)]
#[cfg(feature = "json")]
mod tests;
