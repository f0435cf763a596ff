//! `Idempotency-Key` on requests that create: sent again with the same key, the same request gives the first
//! one's result and creates nothing.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;

use super::problem::ApiError;
use crate::auth::random::sha256;
use crate::store::Conn;
use crate::store::idempotency::{self, Claim};

/// The key of the request at hand, if it carries one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl IdempotencyKey {
    /// The key as the database has it: a hash, since callers put into it what they like.
    #[must_use]
    pub fn stored(&self, caller: &str) -> String {
        sha256(&format!(
            "{caller}\n{}",
            self.0.as_deref().unwrap_or_default()
        ))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        match value.to_str() {
            Ok(key) if (1..=255).contains(&key.len()) => Ok(Self(Some(key.to_owned()))),
            _ => Err(ApiError::invalid_parameter(
                "Idempotency-Key",
                "has to have 1 to 255 plain characters; a UUID does well",
            )),
        }
    }
}

/// Who sends what: the same key from another person is another key.
#[derive(Debug, Clone, Copy)]
pub struct Creating<'a> {
    /// The network.
    pub network_id: &'a str,
    /// Object id of the caller.
    pub caller: &'a str,
    /// Method and route.
    pub route: &'a str,
    /// The body, or a hash of it.
    pub body: &'a str,
    /// Microseconds since 1970.
    pub now: i64,
}

/// Takes the key for `resource_id` in the running transaction; gives the id of what an earlier request
/// made, or `None` when this one is to go on.
///
/// # Errors
/// 409 `idempotency_conflict` when the key came before with another request.
pub async fn claim(
    conn: &mut Conn,
    key: &IdempotencyKey,
    creating: &Creating<'_>,
    resource_id: &str,
) -> Result<Option<String>, ApiError> {
    if key.0.is_none() {
        return Ok(None);
    }
    let key = key.stored(creating.caller);
    let fingerprint = sha256(&format!("{}\n{}", creating.route, creating.body));
    let network_id = creating.network_id;
    match idempotency::claim(
        conn,
        network_id,
        &key,
        &fingerprint,
        resource_id,
        creating.now,
    )
    .await?
    {
        Claim::New => Ok(None),
        Claim::Replay { resource_id } => Ok(Some(resource_id)),
        Claim::Conflict => Err(ApiError::new(
            StatusCode::CONFLICT,
            "idempotency_conflict",
            "This Idempotency-Key came before with another request; take a new one.",
        )),
    }
}
