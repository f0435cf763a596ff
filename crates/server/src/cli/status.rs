use std::process::ExitCode;

use eloops_api::{RunState, SyncRun};

/// How a command ended, as scripts see it. Usage errors are clap's, with 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Status {
    /// Everything was done.
    Done,
    /// A guard holds the run until a person decides.
    Held,
    /// Something failed; the message says what.
    Failed,
}

impl Status {
    /// The worst of the runs decides.
    pub(super) fn of(runs: &[SyncRun]) -> Self {
        let one = |run: &SyncRun| match run.state {
            RunState::Done => Self::Done,
            RunState::Held => Self::Held,
            _ => Self::Failed,
        };
        runs.iter().map(one).max().unwrap_or(Self::Done)
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Failed => 1,
            Status::Held => 3,
        })
    }
}
