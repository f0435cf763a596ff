use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// The worker record beside the coins: `GET /talent/workers/{number}`.
///
/// Read from Talent with the signed-in user's own rights. Birth date, gender, marital status and
/// addresses are never asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TalentWorker {
    /// `PersonnelNumber`.
    pub worker_number: String,
    /// Display name.
    pub name: String,
    /// Job title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Department's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Contact e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// `Pending`, `Employed` or `Terminated`, in Talent's words.
    pub worker_status: String,
    /// `Employee` or `Contractor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worker_type: Option<String>,
    /// First day of the present employment, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment_start: Option<String>,
    /// Last day of the employment, `YYYY-MM-DD`; absent while open-ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employment_end: Option<String>,
    /// Name of the direct manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_name: Option<String>,
    /// Personnel number of the direct manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manager_number: Option<String>,
    /// Whether `GET /talent/workers/{number}/photo` is worth asking.
    pub has_photo: bool,
    /// Where this was read.
    pub source: Source,
    /// Why this is not from Talent just now, where somebody can do something about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// When it was read from Talent.
    pub as_of: Timestamp,
}

/// Something an administrator can put right, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Stable machine code, such as `consent_missing`.
    pub code: String,
    /// The sentence.
    pub detail: String,
    /// Where it can be put right, such as Microsoft's page for an administrator's consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// Where a worker record was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Source {
    /// Just now from Talent, as the signed-in user.
    Talent,
    /// From the last inbound sync, because Talent refused or did not answer.
    Synced,
}
