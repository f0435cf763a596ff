//! How far a run is, for whoever watches: the command's progress bar.

use eloops_api::{Direction, SyncRun};

/// What a run is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Another run of the network is under way.
    Waiting,
    /// Reading from Talent.
    Reading,
    /// Comparing.
    Planning,
    /// Carrying the plan out.
    Applying,
}

/// Gets told how far a run is.
pub trait Progress: Send + Sync {
    /// A stage has begun, with this many steps where that is known.
    fn stage(&self, direction: Direction, stage: Stage, steps: Option<u64>);
    /// So many steps more are done.
    fn advance(&self, steps: u64);
    /// The run has ended.
    fn ended(&self, run: &SyncRun);
}

/// Nobody watches.
impl Progress for () {
    fn stage(&self, _: Direction, _: Stage, _: Option<u64>) {}
    fn advance(&self, _: u64) {}
    fn ended(&self, _: &SyncRun) {}
}
