//! From a bearer to somebody.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use eloops_api::MemberStatus;

use super::believe::{Unbelieved, believe};
use super::random::sha256;
use super::secret::Secret;
use super::session;
use super::token::{self, Actor, Refusal};
use crate::http::plumbing::log::CallerSlot;
use crate::http::plumbing::problem::ApiError;
use crate::http::plumbing::rate_limit::Recognised;
use crate::http::{App, Space};
use crate::store::members::{self, MemberRow};
use crate::store::sessions;

/// The delegated scope that every route asks of a person's token.
pub const SCOPE: &str = "access_as_user";
/// The app role of administrators.
pub const ADMIN: &str = "Eloops.Admin";
/// What our own session tokens begin with: no JWT does.
pub const SESSION_PREFIX: &str = "els_";

/// Who asks.
#[derive(Clone)]
pub struct Principal {
    /// In which network.
    pub space: Arc<Space>,
    /// The member; none for an application, and for an account that belongs to nobody here.
    pub member: Option<MemberRow>,
    /// Entra object id.
    pub object_id: String,
    /// App roles.
    pub roles: BTreeSet<String>,
    /// By what.
    pub credential: Credential,
}

/// By what somebody was recognised.
#[derive(Clone)]
pub enum Credential {
    /// A person's access token for our API.
    Person(Secret),
    /// An application's.
    Application,
    /// A session of the paired sign-in.
    Session {
        /// The session's id.
        id: String,
        /// The user's tokens, sealed.
        tokens: Option<String>,
    },
}

impl Principal {
    /// Whether the app role is held.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.roles.contains(ADMIN)
    }

    /// The caller's own membership.
    ///
    /// # Errors
    /// 403 `no_member` for everybody who has none.
    pub fn own_member(&self) -> Result<&MemberRow, ApiError> {
        self.member.as_ref().ok_or_else(|| {
            ApiError::new(
                StatusCode::FORBIDDEN,
                "no_member",
                "Your account belongs to no member of Eloops. Ask HR whether your record in Talent carries it.",
            )
        })
    }

    /// Who to name in the ledger: the member, else the account.
    #[must_use]
    pub fn actor_id(&self) -> &str {
        self.member
            .as_ref()
            .map_or(&self.object_id, |member| &member.id)
    }
}

impl FromRequestParts<App> for Principal {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let bearer = bearer(parts)?;
        let principal = if bearer.expose().starts_with(SESSION_PREFIX) {
            of_session(app, &bearer).await?
        } else {
            of_token(app, bearer).await?
        };
        if let Some(recognised) = parts.extensions.get::<Recognised>() {
            recognised.note();
        }
        app.rate_limits()
            .take(&principal.space.id, &principal.object_id)?;
        if let Some(member) = &principal.member {
            if let Some(slot) = parts.extensions.get::<CallerSlot>() {
                slot.note(&member.id);
            }
            refuse_unless_active(member.status)?;
        }
        Ok(principal)
    }
}

fn bearer(parts: &Parts) -> Result<Secret, ApiError> {
    super::bearer::read(&parts.headers)
        .map(Secret::new)
        .ok_or_else(|| {
            challenge(
                "unauthenticated",
                "Sign in first: send an access token or a session as Authorization: Bearer.",
                "Bearer",
            )
        })
}

async fn of_session(app: &App, bearer: &Secret) -> Result<Principal, ApiError> {
    let hash = sha256(bearer.expose());
    let mut conn = app.store().read().await?;
    let now = app.clock().micros();
    let Some(found) = sessions::find(&mut conn, &hash, now).await? else {
        drop(conn);
        session::end_if_copied(app, &hash, now).await?;
        return Err(session_ended());
    };
    let space = app.space(&found.network_id).ok_or_else(session_ended)?;
    let member = match &found.member_id {
        // The account may have been another member's by mistake, and HR may have put it right since.
        Some(id) => Some(
            members::by_id(&mut conn, &space.id, id)
                .await?
                .filter(|member| member.object_id.as_ref() == Some(&found.object_id))
                .ok_or_else(session_ended)?,
        ),
        // An administrator who was no member may be one by now, or have been one.
        None => members::by_object_id(&mut conn, &space.id, &found.object_id).await?,
    };
    Ok(Principal {
        space: Arc::clone(space),
        member,
        object_id: found.object_id,
        roles: serde_json::from_str(&found.roles).map_err(|error| ApiError::internal(&error))?,
        credential: Credential::Session {
            id: found.id,
            tokens: found.tokens,
        },
    })
}

async fn of_token(app: &App, bearer: Secret) -> Result<Principal, ApiError> {
    let (space, verified) = of_some_network(app, bearer.expose()).await?;
    if verified.actor == Actor::Application {
        return Ok(Principal {
            space,
            member: None,
            object_id: verified.object_id,
            roles: verified.roles,
            credential: Credential::Application,
        });
    }
    let mut conn = app.store().read().await?;
    let member = members::by_object_id(&mut conn, &space.id, &verified.object_id).await?;
    drop(conn);
    let member = match member {
        Some(member) if member.status == MemberStatus::Active => {
            Some(note_first_sign_in(app, member).await?)
        }
        other => other,
    };
    Ok(Principal {
        space,
        member,
        object_id: verified.object_id,
        roles: verified.roles,
        credential: Credential::Person(bearer),
    })
}

/// Tries the token against every network's keys: which tenant it says it is from is not believed
/// before the signature is.
async fn of_some_network(
    app: &App,
    bearer: &str,
) -> Result<(Arc<Space>, token::Verified), ApiError> {
    let now = app.seconds();
    let mut last = Unbelieved::Refused(Refusal::UnknownKey);
    for space in app.spaces() {
        match believe(&space.keys, &space.policy, bearer, now).await {
            Ok(verified) => return Ok((Arc::clone(space), verified)),
            // Another network's keys do not know the token; that says less than what came before.
            Err(Unbelieved::Refused(Refusal::UnknownKey)) => {}
            Err(Unbelieved::Refused(Refusal::Scope)) => return Err(insufficient_scope()),
            Err(error) => last = error,
        }
    }
    Err(match last {
        Unbelieved::Refused(refusal) => refused(refusal),
        Unbelieved::KeysUnavailable => ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "sign_in_unavailable",
            "Microsoft's sign-in cannot be reached to check the token. Try again in a minute.",
        )
        .with_header(header::RETRY_AFTER, HeaderValue::from_static("10")),
    })
}

/// Notes when somebody came for the first time.
///
/// # Errors
/// When the database fails.
pub async fn note_first_sign_in(app: &App, mut member: MemberRow) -> Result<MemberRow, ApiError> {
    if member.joined_at.is_none() {
        let now = app.clock().micros();
        let mut tx = app.store().write().await?;
        members::mark_joined(&mut tx, &member.id, now).await?;
        tx.commit().await?;
        member.joined_at = Some(now);
    }
    Ok(member)
}

fn refuse_unless_active(status: MemberStatus) -> Result<(), ApiError> {
    match status {
        MemberStatus::Active => Ok(()),
        MemberStatus::Pending => Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "member_pending",
            "Your membership begins with the first day of your employment.",
        )),
        MemberStatus::Inactive => Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "member_inactive",
            "Your membership has ended. If this is not right, ask HR: it follows your record in Talent.",
        )),
    }
}

/// RFC 6750 §3.1. The caller learns no more than that; the log holds the rule.
fn refused(refusal: Refusal) -> ApiError {
    tracing::info!(%refusal, "a bearer was refused");
    challenge(
        "invalid_token",
        "The access token is not valid here; get a new one for this API.",
        "Bearer error=\"invalid_token\"",
    )
}

/// The answer to every bearer whose session is over, was ended, or never was.
pub(crate) fn session_ended() -> ApiError {
    challenge(
        "session_ended",
        "This session has ended; sign in again.",
        "Bearer error=\"invalid_token\"",
    )
}

fn insufficient_scope() -> ApiError {
    ApiError {
        status: StatusCode::FORBIDDEN,
        ..challenge(
            "insufficient_scope",
            "The token needs the delegated scope access_as_user, or the app role Eloops.Admin for an application.",
            "Bearer error=\"insufficient_scope\", scope=\"access_as_user\"",
        )
    }
}

fn challenge(code: &'static str, detail: &'static str, header: &'static str) -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, code, detail)
        .with_header(header::WWW_AUTHENTICATE, HeaderValue::from_static(header))
}
