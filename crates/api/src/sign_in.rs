use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Body of `POST /auth/claim`: the frame proves that the pairing is its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ClaimRequest {
    /// The 32 random bytes behind the challenge, base64url without padding.
    pub secret: String,
}

/// Answer of `POST /auth/claim`. Pending and unknown pairings answer alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ClaimAnswer {
    /// Nobody has confirmed this pairing yet; ask again in a second.
    Pending,
    /// The session, handed out this once.
    Ready {
        /// Bearer for `/api/v1`; hold it in memory only.
        session: String,
        /// When it ends.
        expires_at: Timestamp,
    },
}
