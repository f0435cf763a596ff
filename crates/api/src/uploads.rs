use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A photo or video that a member posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    /// Opaque id, for `/uploads/{id}/thumbnail` and `/uploads/{id}/content`.
    pub id: String,
    /// Photo or video.
    pub kind: UploadKind,
    /// What the member wrote with it; may be empty.
    pub caption: String,
    /// Type of the stored content, such as `image/jpeg`.
    pub content_type: String,
    /// Size of the stored content in bytes.
    pub bytes: i64,
    /// Pixels across; absent for a video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    /// Pixels down; absent for a video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
    /// Coins it earned by rule; absent when the viewer may not see the balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coins: Option<i64>,
    /// When it was posted.
    pub created_at: Timestamp,
}

/// Photo or video.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum UploadKind {
    /// A picture.
    Photo,
    /// A film.
    Video,
}
