use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use eloops_api::{MemberStatus, SessionAnswer};

use super::claim::{new_bearer, require_own_script};
use super::{bearer, identity, kept};
use crate::auth::pairing::{BEARER_SECONDS, GRACE_SECONDS};
use crate::auth::principal::{ADMIN, session_ended};
use crate::auth::random::sha256;
use crate::auth::session;
use crate::http::plumbing::problem::ApiError;
use crate::http::{App, Space};
use crate::store::members;
use crate::store::sessions::{self, BearerRow, Renewal, SessionRow};
use crate::store::words::timestamp;

const MICROS: i64 = 1_000_000;

/// `POST /auth/refresh` with the session as bearer: a new bearer in its place, and roles as they are now.
///
/// Needs the header `X-Eloops-Request: 1`. The old bearer works for at most a minute more. Of several requests with
/// one bearer one gets the new one, and the others 409 `session_refreshed` for that minute; after it, the bearer must
/// be somebody's copy, and the whole session ends (RFC 9700 §4.14.2).
///
/// 401 `session_ended` when Microsoft no longer honours the sign-in, or the membership is over. When Microsoft
/// cannot be asked, the session goes on with the roles it had.
pub(super) async fn refresh(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Json<SessionAnswer>, ApiError> {
    require_own_script(&app, &headers)?;
    let hash = sha256(bearer::of(&headers)?);
    let mut conn = app.store().read().await?;
    let found = sessions::bearer(&mut conn, &hash).await?;
    drop(conn);
    let (bearer, session) = found.ok_or_else(session_ended)?;
    let now = app.clock().micros();
    if let Err(refusal) = may_renew(&bearer, &session, now) {
        return Err(refuse(&app, &session, refusal).await?);
    }
    let space = app.space(&session.network_id).ok_or_else(session_ended)?;
    if !is_still_member(&app, &session).await? {
        return Err(refuse(&app, &session, Refusal::Ended).await?);
    }
    let Some(renewed) = ask_microsoft(&app, space, &session).await? else {
        return Err(refuse(&app, &session, Refusal::Ended).await?);
    };

    let token = new_bearer()?;
    // Microsoft may have taken its time.
    let now = app.clock().micros();
    let until = session.expires_at.min(now + BEARER_SECONDS * MICROS);
    let renewal = Renewal {
        id: &session.id,
        roles: &renewed.roles,
        tokens: renewed.tokens.as_deref(),
        old: &hash,
        old_until: now + GRACE_SECONDS * MICROS,
        new: &sha256(&token),
        new_until: until,
        now,
    };
    let mut tx = app.store().write().await?;
    if !sessions::renew(&mut tx, &renewal).await? {
        return Err(just_refreshed());
    }
    tx.commit().await?;
    app.rate_limits().remember(&token);
    Ok(Json(SessionAnswer {
        session: token,
        expires_at: timestamp(until),
    }))
}

/// Why a bearer gives no new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// It is over.
    Ended,
    /// Another took its place within the last minute.
    JustRefreshed,
    /// Another took its place before that: one of the two is a copy.
    Copied,
    /// It already lasts to the end of the session.
    Last,
}

fn may_renew(bearer: &BearerRow, session: &SessionRow, now: i64) -> Result<(), Refusal> {
    if session.expires_at <= now {
        return Err(Refusal::Ended);
    }
    match bearer.replaced_at {
        Some(_) if session::is_copied(bearer, now) => Err(Refusal::Copied),
        Some(_) => Err(Refusal::JustRefreshed),
        None if bearer.expires_at <= now => Err(Refusal::Ended),
        None if bearer.expires_at >= session.expires_at => Err(Refusal::Last),
        None => Ok(()),
    }
}

/// The answer, after the session was ended where it has to be.
async fn refuse(app: &App, row: &SessionRow, refusal: Refusal) -> Result<ApiError, ApiError> {
    match refusal {
        Refusal::JustRefreshed => Ok(just_refreshed()),
        Refusal::Last => Ok(ApiError::new(
            StatusCode::CONFLICT,
            "session_not_renewable",
            "This session lasts to the end of its eight hours and no longer; sign in again then.",
        )),
        Refusal::Copied => {
            session::end_copied(app, row).await?;
            Ok(session_ended())
        }
        Refusal::Ended => {
            session::end(app, row).await?;
            Ok(session_ended())
        }
    }
}

fn just_refreshed() -> ApiError {
    ApiError::new(
        StatusCode::CONFLICT,
        "session_refreshed",
        "Another request has just refreshed this session; go on with what it got.",
    )
}

/// Administrators who never were members have no membership to lose.
async fn is_still_member(app: &App, session: &SessionRow) -> Result<bool, ApiError> {
    let network = &session.network_id;
    let mut conn = app.store().read().await?;
    let member = match &session.member_id {
        Some(id) => members::by_id(&mut conn, network, id).await?,
        None => members::by_object_id(&mut conn, network, &session.object_id).await?,
    };
    Ok(match member {
        Some(member) => {
            member.status == MemberStatus::Active
                && member.object_id.as_ref() == Some(&session.object_id)
        }
        None => session.member_id.is_none(),
    })
}

struct Renewed {
    /// JSON list of app roles.
    roles: String,
    /// New sealed tokens, where Microsoft gave some.
    tokens: Option<String>,
}

/// Redeems the refresh token; none when Microsoft no longer honours the sign-in.
async fn ask_microsoft(
    app: &App,
    space: &Arc<Space>,
    session: &SessionRow,
) -> Result<Option<Renewed>, ApiError> {
    let unchanged = || Renewed {
        roles: session.roles.clone(),
        tokens: None,
    };
    // Without a refresh token Microsoft cannot be asked: such a session has its first hour and no more.
    let sealed = session.tokens.as_deref();
    let Some(known) = sealed.and_then(|sealed| kept::open(space, sealed)) else {
        return Ok(None);
    };
    let scope = super::start::scope(space);
    let asked = space.tokens.refresh(known.refresh_token.expose(), &scope);
    let tokens = match asked.await {
        Ok(tokens) => tokens,
        Err(error) if error.needs_person() => {
            tracing::info!(%error, "a session ended: Microsoft no longer honours the sign-in");
            return Ok(None);
        }
        // Nothing is known against the person: an outage, or a setting of ours that is wrong.
        Err(error) => {
            tracing::warn!(%error, "a session was renewed without asking Microsoft");
            return Ok(Some(unchanged()));
        }
    };
    let roles = match identity::of_refresh(app, space, &tokens, &session.object_id).await {
        identity::Renewed::Same(roles) => roles,
        identity::Renewed::Other => return Ok(None),
        identity::Renewed::Unchecked => return Ok(Some(unchanged())),
    };
    if session.member_id.is_none() && !roles.contains(ADMIN) {
        return Ok(None);
    }
    Ok(Some(Renewed {
        roles: serde_json::to_string(&roles).map_err(|error| ApiError::internal(&error))?,
        tokens: kept::seal(space, &tokens).map_err(|error| ApiError::internal(&error))?,
    }))
}
