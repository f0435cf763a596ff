use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What a member lets the reporting line see: `GET` and `PUT /me/visibility`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Visibility {
    /// Whether managers see the coins: balance, ledger, trend and what each upload earned; true until the member
    /// says otherwise. Uploads stay visible to them, and administrators see everything. This governs Eloops alone:
    /// who sees the worker's custom field in Talent is decided by Talent's own security.
    pub balance_to_line: bool,
}

/// One visit to a member's numbers by somebody else: an item of `GET /me/views`. Kept for 90 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct View {
    /// Opaque id.
    pub id: String,
    /// Name of whoever looked; absent for an administrator who is no member, and for an application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewer_name: Option<String>,
    /// Personnel number of whoever looked; absent for an administrator who is no member, and for an application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewer_number: Option<String>,
    /// As what they were let in.
    pub viewer_as: ViewerAs,
    /// What they looked at.
    pub looked_at: LookedAt,
    /// When the visit began.
    pub first_at: Timestamp,
    /// The last look of the visit; a visit ends when half an hour passes without one.
    pub last_at: Timestamp,
}

/// As what somebody was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ViewerAs {
    /// The direct manager.
    Manager,
    /// A manager further up.
    ManagerAbove,
    /// An administrator.
    Admin,
    /// An application.
    Application,
}

/// What somebody looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LookedAt {
    /// The member's own card or data.
    Profile,
    /// The list of a team, with the member's numbers in it.
    Team,
}
