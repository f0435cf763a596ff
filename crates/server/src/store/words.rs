//! The words that stand in text columns for the API's enums.

use eloops_api::{
    Action, CoinTransactionKind, Direction, LookedAt, MemberStatus, Outcome, RunState, Trigger,
    UploadKind, ViewerAs,
};

use super::{Result, StoreError};

/// An enum as its word in the database.
pub(super) trait Word: Sized {
    fn word(self) -> &'static str;
    fn parse(table: &'static str, column: &'static str, word: &str) -> Result<Self>;
}

macro_rules! words {
    ($type:ty { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl Word for $type {
            fn word(self) -> &'static str {
                match self { $(<$type>::$variant => $word),+ }
            }
            fn parse(table: &'static str, column: &'static str, word: &str) -> Result<Self> {
                match word {
                    $($word => Ok(<$type>::$variant),)+
                    other => Err(StoreError::Inconsistent { table, column, value: other.to_owned() }),
                }
            }
        }
    };
}

words!(MemberStatus { Pending = "pending", Active = "active", Inactive = "inactive" });
words!(CoinTransactionKind {
    Award = "award",
    Upload = "upload",
    Adjustment = "adjustment",
    Reversal = "reversal",
});
words!(UploadKind { Photo = "photo", Video = "video" });
words!(ViewerAs {
    Manager = "manager",
    ManagerAbove = "manager_above",
    Admin = "admin",
    Application = "application",
});
words!(LookedAt { Profile = "profile", Team = "team" });
words!(Direction { In = "in", Out = "out" });
words!(Trigger { Schedule = "schedule", Api = "api", Command = "command" });
words!(RunState {
    Planning = "planning",
    Held = "held",
    Applying = "applying",
    Done = "done",
    Partial = "partial",
    Failed = "failed",
    Rejected = "rejected",
    Reverted = "reverted",
});
words!(Action {
    Create = "create",
    Update = "update",
    Deactivate = "deactivate",
    Reactivate = "reactivate",
    Write = "write",
    Skip = "skip",
});
words!(Outcome {
    Planned = "planned",
    Applied = "applied",
    Failed = "failed",
    Skipped = "skipped",
});

/// A time as the API writes it, from the database's microseconds.
#[must_use]
pub fn timestamp(micros: i64) -> eloops_api::Timestamp {
    jiff::Timestamp::from_microsecond(micros)
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_string()
}
