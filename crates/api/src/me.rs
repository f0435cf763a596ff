use serde::{Deserialize, Serialize};

use crate::{Coins, Member, Timestamp};

/// Who is signed in: `GET /me`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// Absent when the signed-in account belongs to no member of the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Member>,
    /// App roles, such as `Eloops.Admin`.
    pub roles: Vec<String>,
    /// Whether somebody reports to this member.
    pub is_manager: bool,
}

/// One direct report: an item of `GET /me/team`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TeamMember {
    /// The person.
    pub member: Member,
    /// Absent when the member keeps the balance from the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coins: Option<Coins>,
    /// Visible uploads.
    pub uploads_total: i64,
    /// When coins were last earned or something was last uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity_at: Option<Timestamp>,
    /// Whether this person's own line is broken: reports exist whose manager is a leaver or part of a loop.
    pub line_broken: bool,
}
