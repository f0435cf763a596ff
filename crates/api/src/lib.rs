//! The Eloops API's wire types (`/api/v1`), shared by the card and the server.
//!
//! JSON in `snake_case`. Times are RFC 3339 in UTC and travel as text ([`Timestamp`]), so that the
//! component needs no calendar of its own; ids are opaque text. A field that the caller may not see
//! is absent, never zero.

mod activity;
mod coins;
mod me;
mod member;
mod page;
mod privacy;
mod problem;
mod sign_in;
mod sync;
mod talent;
mod uploads;

pub use activity::{Activity, TalentFields, TalentState, TrendWeek, UploadsSummary};
pub use coins::{Award, CoinTransaction, CoinTransactionKind, Coins};
pub use me::{Me, TeamMember};
pub use member::{Member, MemberStatus};
pub use page::Page;
pub use privacy::{LookedAt, View, ViewerAs, Visibility};
pub use problem::{FieldProblem, Problem};
pub use sign_in::{
    ClaimAnswer, ClaimRequest, FrameSettings, Session, SessionAnswer, SignOutAnswer,
};
pub use sync::{
    Action, Counts, Direction, Directions, FieldChange, NewSyncRun, Outcome, RunState, SyncChange,
    SyncRun, Trigger,
};
pub use talent::{Notice, Source, TalentWorker};
pub use uploads::{Upload, UploadKind};

/// A time in UTC, RFC 3339 with a trailing `Z`.
pub type Timestamp = String;
