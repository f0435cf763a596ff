//! Who reports to whom in a made-up company, computed from the index alone.

use super::{Case, identifiers, number};

/// Direct reports of a manager outside the deep lines.
const SPAN: u32 = 7;
/// From each thousand on, this stretch forms one line, each reporting to the one before.
const DEEP: std::ops::Range<u32> = 500..540;

/// The id of the vacant post above a worker.
pub(super) fn vacant(number: &str) -> String {
    format!("{}V", identifiers::position(number))
}

/// The position above the worker at `index`; empty at the top.
pub(super) fn above(case: Case, index: u32, size: u32) -> String {
    let manager = match case {
        _ if index == 0 => return String::new(),
        Case::Orphan => return format!("{}X", identifiers::position(&number(index))),
        Case::OwnManager => index,
        Case::LoopFirst if index + 1 < size => index + 1,
        Case::LoopSecond => index - 1,
        _ if DEEP.contains(&(index % 1000)) => index - 1,
        // A broken line breaks only for the workers in it.
        _ => sound((index - 1) / SPAN),
    };
    identifiers::position(&number(manager))
}

/// The nearest manager upwards whose own line is whole.
fn sound(index: u32) -> u32 {
    match Case::of(index) {
        Case::Orphan | Case::OwnManager | Case::LoopFirst | Case::LoopSecond => {
            sound((index - 1) / SPAN)
        }
        _ => index,
    }
}
