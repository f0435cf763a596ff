use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Body of `POST /talent/sync-runs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewSyncRun {
    /// Which way; `both` is two runs, inbound first, and is answered with a list of them.
    pub direction: Directions,
    /// Only plan and list the changes.
    #[serde(default)]
    pub dry_run: bool,
    /// Only this worker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<String>,
}

/// What may be asked for: one way, or both in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Directions {
    /// Talent to Eloops.
    In,
    /// Eloops to Talent.
    Out,
    /// Inbound, then outbound.
    Both,
}

/// Which way a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Direction {
    /// Talent to Eloops.
    In,
    /// Eloops to Talent.
    Out,
}

/// One pass: what it set out to do and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncRun {
    /// Opaque id.
    pub id: String,
    /// Which way.
    pub direction: Direction,
    /// Whether it only planned.
    pub dry_run: bool,
    /// The one worker it was asked for; absent for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker: Option<String>,
    /// What started it.
    pub trigger: Trigger,
    /// Where it stands.
    pub state: RunState,
    /// Workers by action.
    pub counts: Counts,
    /// The guard that stopped it, in words; only on a held run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_because: Option<String>,
    /// Why it failed, in words that say what to do; only on a failed or partial run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
}

/// What started a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Trigger {
    /// The schedule.
    Schedule,
    /// An administrator through the API.
    Api,
    /// The `eloops sync` command.
    Command,
}

/// Where a run stands: `planning → applying → done | partial | failed`, or
/// `held → applying | rejected`; `reverted` later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RunState {
    /// Reading and comparing.
    Planning,
    /// Stopped by a guard until a person decides.
    Held,
    /// Carrying out the plan.
    Applying,
    /// Everything was carried out.
    Done,
    /// Some changes failed; each says why.
    Partial,
    /// Nothing more could be done; `error` says why.
    Failed,
    /// A person dropped the held plan.
    Rejected,
    /// Its effects were undone by a later run.
    Reverted,
}

/// Workers by action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// New members.
    pub create: i64,
    /// Members whose fields changed.
    pub update: i64,
    /// Members whose access ended.
    pub deactivate: i64,
    /// Members who came back.
    pub reactivate: i64,
    /// Workers whose fields were written in Talent.
    pub write: i64,
    /// Workers left alone, each with a reason.
    pub skip: i64,
}

/// One worker's part of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SyncChange {
    /// `PersonnelNumber`.
    pub worker_number: String,
    /// What is done.
    pub action: Action,
    /// The fields it touches, with their values before and after.
    pub fields: Vec<FieldChange>,
    /// Why, where the action alone does not say it; always there for a skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// A new member.
    Create,
    /// Fields of a member.
    Update,
    /// The member's access ends.
    Deactivate,
    /// The member is back, with balance and history.
    Reactivate,
    /// Fields of the worker in Talent.
    Write,
    /// Nothing, with a reason.
    Skip,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Outcome {
    /// Planned, not carried out: a dry run, or not yet.
    Planned,
    /// Carried out.
    Applied,
    /// Refused or lost on the way; `reason` says why.
    Failed,
    /// A skip: there was nothing to carry out.
    Skipped,
}

/// One field before and after. Absent means empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// The field's name: a member's field inbound, Talent's field outbound.
    pub name: String,
    /// The value before.
    #[serde(default)]
    pub old: Option<String>,
    /// The value after.
    #[serde(default)]
    pub new: Option<String>,
}
