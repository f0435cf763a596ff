use std::io::IsTerminal;
use std::time::Duration;

use eloops_api::{Direction, SyncRun};
use indicatif::{ProgressBar, ProgressStyle};

use crate::sync::{Progress, Stage};

/// A progress bar with its rate on a terminal; nothing where nobody looks.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// Shown only when `wanted` and standard error is a terminal.
    pub(super) fn for_terminal(wanted: bool) -> Self {
        let bar = if wanted && std::io::stderr().is_terminal() {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }
}

impl Progress for Bar {
    fn stage(&self, direction: Direction, stage: Stage, steps: Option<u64>) {
        let way = match direction {
            Direction::In => "in",
            Direction::Out => "out",
        };
        let doing = match stage {
            Stage::Waiting => "waiting for another run to end",
            Stage::Reading => "reading from Talent",
            Stage::Planning => "comparing",
            Stage::Applying => "applying",
        };
        let template = match steps {
            Some(_) => "{spinner} {msg} {wide_bar} {pos}/{len} {per_sec} {eta}",
            None => "{spinner} {msg} {pos} {per_sec}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
        self.0.reset();
        match steps {
            Some(steps) => self.0.set_length(steps),
            None => self.0.unset_length(),
        }
        self.0.set_message(format!("{way}: {doing}"));
    }

    fn advance(&self, steps: u64) {
        self.0.inc(steps);
    }

    fn ended(&self, _: &SyncRun) {
        self.0.finish_and_clear();
    }
}
