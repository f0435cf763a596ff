use serde::{Deserialize, Serialize};

use crate::{Coins, Timestamp, Upload};

/// The card's Eloops half in one answer: `GET /workers/{number}/activity`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// The worker's personnel number.
    pub worker_number: String,
    /// The member's id, for the endpoints under `/members/{id}`.
    pub member_id: String,
    /// Absent when the viewer may not see the balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coins: Option<Coins>,
    /// How many uploads are visible, and the newest of them.
    pub uploads: UploadsSummary,
    /// The last twelve weeks, oldest first; a week without activity is there with zeros.
    pub trend: Vec<TrendWeek>,
    /// When coins were last earned or something was last uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity_at: Option<Timestamp>,
    /// What Talent's custom fields show.
    pub talent: TalentFields,
    /// When this answer was computed.
    pub as_of: Timestamp,
}

/// Visible uploads: the count that Talent shows, and the newest few.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadsSummary {
    /// Number of visible uploads.
    pub total: i64,
    /// The newest, newest first; at most twelve.
    pub recent: Vec<Upload>,
}

/// One week of the trend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrendWeek {
    /// Monday of the week, `YYYY-MM-DD`, UTC.
    pub week: String,
    /// Coins earned in it; absent when the viewer may not see the balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coins: Option<i64>,
    /// Uploads posted in it that are still visible.
    pub uploads: i64,
}

/// What Talent's custom fields held when they were last read or written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TalentFields {
    /// The coins field; absent when never read, or when the viewer may not see the balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coins: Option<i64>,
    /// The uploads field; absent when never read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uploads: Option<i64>,
    /// When Eloops last wrote them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Timestamp>,
    /// How they stand to Eloops' values.
    pub state: TalentState,
}

/// How Talent's fields stand to Eloops' values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum TalentState {
    /// Talent shows what Eloops has.
    InSync,
    /// Eloops has newer values; the next outbound run writes them.
    Pending,
    /// Talent holds a value that Eloops did not write.
    Drift,
    /// The custom fields do not exist, are not enabled, or were never read.
    Unmapped,
}
