use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use eloops_api::{ClaimAnswer, ClaimRequest};

use crate::auth::pairing::{BEARER_SECONDS, Challenge, SESSION_SECONDS};
use crate::auth::principal::SESSION_PREFIX;
use crate::auth::random::{self, sha256};
use crate::http::App;
use crate::http::plumbing::extract::Body;
use crate::http::plumbing::problem::ApiError;
use crate::ids::new_id;
use crate::store::members;
use crate::store::pairings::{self, Standing};
use crate::store::sessions::{self, SessionRow};
use crate::store::words::timestamp;

/// `POST /auth/claim`: hands the confirmed session to whoever shows the secret, once.
///
/// Needs the header `X-Eloops-Request: 1`, which no form of another site can send. Pending and unknown answer
/// alike; a pairing that was cancelled or got too old is 410 `pairing_ended`.
pub(super) async fn claim(
    State(app): State<App>,
    headers: HeaderMap,
    Body(request): Body<ClaimRequest>,
) -> Result<Json<ClaimAnswer>, ApiError> {
    require_own_script(&app, &headers)?;
    let challenge = Challenge::of_secret(&request.secret).ok_or_else(|| {
        ApiError::invalid("secret", "has to be 32 bytes as base64url without padding")
    })?;
    let now = app.clock().micros();
    let mut tx = app.store().write().await?;
    let Some(pairing) = pairings::claim(&mut tx, challenge.as_str(), now).await? else {
        return match pairings::standing(&mut tx, challenge.as_str(), now).await? {
            Standing::Open => Ok(Json(ClaimAnswer::Pending)),
            Standing::Ended => Err(ApiError::new(
                StatusCode::GONE,
                "pairing_ended",
                "This sign-in was cancelled or took too long; start a new one.",
            )),
        };
    };
    let bearer = new_bearer()?;
    if let Some(member_id) = &pairing.member_id {
        members::mark_joined(&mut tx, member_id, now).await?;
    }
    let session = SessionRow {
        id: new_id(app.clock().now()),
        network_id: pairing.network_id,
        member_id: pairing.member_id,
        object_id: pairing.object_id,
        roles: pairing.roles,
        tokens: pairing.tokens,
        sid_hash: pairing.sid_hash,
        created_at: now,
        expires_at: now + SESSION_SECONDS * 1_000_000,
    };
    let until = now + BEARER_SECONDS * 1_000_000;
    sessions::begin(&mut tx, &session, &sha256(&bearer), until).await?;
    tx.commit().await?;
    app.rate_limits().remember(&bearer);
    tracing::info!(
        network = %session.network_id,
        by = session.member_id.as_ref().unwrap_or(&session.object_id),
        session = %session.id,
        "a session began"
    );
    Ok(Json(ClaimAnswer::Ready {
        session: bearer,
        expires_at: timestamp(until),
    }))
}

/// A bearer that nobody has seen yet.
pub(super) fn new_bearer() -> Result<String, ApiError> {
    let token = random::token().map_err(|error| ApiError::internal(&error))?;
    Ok(format!("{SESSION_PREFIX}{token}"))
}

/// Against requests that another site makes a browser send (RFC 10017).
pub(super) fn require_own_script(app: &App, headers: &HeaderMap) -> Result<(), ApiError> {
    if headers
        .get("x-eloops-request")
        .is_none_or(|value| value.as_bytes() != b"1")
    {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "header_missing",
            "Send the header X-Eloops-Request: 1.",
        ));
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return Ok(());
    };
    let origin = origin.to_str().unwrap_or_default();
    if origin == app.public_origin() || app.api_origins().iter().any(|one| one == origin) {
        return Ok(());
    }
    Err(ApiError::new(
        StatusCode::FORBIDDEN,
        "origin_not_allowed",
        "Scripts of this origin may not do this; an administrator can add it to ELOOPS_API_ORIGINS.",
    ))
}
