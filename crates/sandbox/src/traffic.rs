//! What happens to requests on their way: counted, disturbed, limited.

pub(crate) mod faults;
pub(crate) mod limits;
pub(crate) mod log;
mod watch;

pub(crate) use watch::{Dropped, FaultGate, watch};

/// The counters and settings tests reach through `/sandbox/…`.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    pub(crate) log: log::RequestLog,
    pub(crate) faults: faults::Faults,
    pub(crate) limits: limits::Limits,
}

impl Traffic {
    /// Nothing counted, nothing disturbed, no limits.
    pub(crate) fn reset(&self) {
        self.log.clear();
        self.faults.set(vec![]);
        self.limits.set(limits::Settings::default());
    }
}
