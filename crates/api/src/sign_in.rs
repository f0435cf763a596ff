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

/// Answer of `POST /auth/refresh`: a new session in place of the one that asked, which ends within a minute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionAnswer {
    /// Bearer for `/api/v1`; hold it in memory only.
    pub session: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// One running session of the paired sign-in, from the sign-in to its end: an item of `GET /me/sessions`. No address and
/// no browser is stored with it, so none is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// Opaque id, the same however often the session is renewed. It opens nothing.
    pub id: String,
    /// When the person signed in.
    pub started_at: Timestamp,
    /// When it was last renewed, which happens every hour; until the first time, when it started.
    pub renewed_at: Timestamp,
    /// When it ends at the latest, however often it is renewed. It ends earlier when an hour passes without a renewal.
    pub ends_at: Timestamp,
    /// Whether it is the session that asks.
    pub current: bool,
}

/// Answer of `POST /auth/sign-out`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignOutAnswer {
    /// Where the person can sign out of Microsoft too, in a window of its own; absent where Microsoft names no such
    /// page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub microsoft_sign_out: Option<String>,
}

/// What the frame page needs to know before it starts: `GET /frame/settings.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FrameSettings {
    /// The audience to ask a host's `getToken` for.
    pub audience: String,
    /// Origins of pages that may hand the frame a token, exactly (`ELOOPS_TOKEN_HOSTS`).
    pub token_hosts: Vec<String>,
}
