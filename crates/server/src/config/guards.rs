use std::time::Duration;

use super::{layers::Settings, span};

/// How much one inbound run may take away before a person has to approve it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guards {
    /// Share of the members, in percent.
    pub percent: u8,
    /// Number of members.
    pub count: u32,
    /// A feed smaller than this share of the last one stops the run, in percent.
    pub shrink_percent: u8,
    /// How long a worker may be missing from the feed; none never deactivates for that.
    pub missing_grace: Option<Duration>,
}

impl Guards {
    pub(super) fn read(settings: &Settings, at: usize) -> Option<Self> {
        let percent = |name| {
            settings.read(name, at, |text| {
                text.trim()
                    .parse()
                    .ok()
                    .filter(|percent| (0..=100).contains(percent))
                    .ok_or_else(|| format!("\"{text}\" is no percentage from 0 to 100"))
            })
        };
        let share = percent("guard_percent");
        let shrink_percent = percent("guard_shrink_percent");
        let count = settings.read("guard_count", at, |text| {
            text.trim()
                .parse()
                .map_err(|_| format!("\"{text}\" is no whole number such as 50"))
        });
        let missing_grace = settings.read("missing_grace", at, span::parse);
        Some(Self {
            percent: share?,
            count: count?,
            shrink_percent: shrink_percent?,
            missing_grace: missing_grace?,
        })
    }
}
