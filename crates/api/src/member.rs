use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A person in Eloops, linked to one worker in Talent by the personnel number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Opaque id.
    pub id: String,
    /// Talent's `PersonnelNumber`.
    pub worker_number: String,
    /// Display name as Talent has it.
    pub name: String,
    /// Contact e-mail; never used to decide who somebody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the membership stands.
    pub status: MemberStatus,
    /// Department's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Member id of the direct manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<String>,
    /// First sign-in; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Timestamp>,
}

/// Where a membership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum MemberStatus {
    /// Employment has not begun.
    Pending,
    /// Employed.
    Active,
    /// Left; coins are frozen, not destroyed.
    Inactive,
}
