use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::{Relation, Row, Verdict, caller, decide, refusal, relation, row};
use crate::auth::principal::{Credential, Principal};
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::store::members::{self, MemberRow};
use crate::store::visibility;

/// Whoever calls a route that is about one member: [`Seeker::find`] decides, once it is known who that is.
pub struct Seeker {
    principal: Principal,
    row: &'static Row,
}

/// Whom a request is about.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// By Talent's personnel number.
    Number(&'a str),
    /// By the member's id.
    Id(&'a str),
}

/// A member with whom the caller may do this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The member.
    pub member: MemberRow,
    /// Whether anything that tells of coins may be shown.
    pub shows_balance: bool,
}

impl FromRequestParts<App> for Seeker {
    type Rejection = ApiError;

    /// Refuses at once whom no member could make welcome, so that the refusal tells nothing of anybody.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let row = row(parts)?;
        let principal = Principal::from_request_parts(parts, app).await?;
        match always(row, &principal) {
            Some(refusal) => Err(refusal),
            None => Ok(Self { principal, row }),
        }
    }
}

impl Seeker {
    /// The member, if the caller may do this with them; a look is noted for the member.
    ///
    /// # Errors
    /// The same 404 for a stranger's member and for none; 403 for what the line may not do; 503 where the look
    /// cannot be noted.
    pub async fn find(&self, app: &App, target: Target<'_>) -> Result<Found, ApiError> {
        let caller = &self.principal;
        let network = &caller.space.id;
        let mut conn = app.store().read().await?;
        let found = match target {
            Target::Number(number) => members::by_number(&mut conn, network, number).await?,
            Target::Id(id) => members::by_id(&mut conn, network, id).await?,
        };
        let Some(member) = found else {
            return Err(ApiError::not_found());
        };
        let relations = relation::of(&mut conn, caller, &member).await?;
        let in_line = |one: &Relation| matches!(one, Relation::Manager | Relation::ManagerAbove);
        // Only the line's view depends on it.
        let chosen = if relations.iter().any(in_line) {
            visibility::of(&mut conn, &member.id).await?
        } else {
            visibility::DEFAULT
        };
        drop(conn);
        let (verdict, by) = decide(self.row, &relations, chosen);
        if let Some(refusal) = refusal(verdict) {
            return Err(refusal);
        }
        if let Some(looked_at) = self.row.trail {
            caller::look(app, caller, by, looked_at, &[&member.id]).await?;
        }
        Ok(Found {
            member,
            shows_balance: verdict.shows_balance(),
        })
    }
}

impl Deref for Seeker {
    type Target = Principal;

    fn deref(&self) -> &Principal {
        &self.principal
    }
}

/// The refusal that meets this caller whoever the member is, where there is such a one.
fn always(row: &Row, caller: &Principal) -> Option<ApiError> {
    let possible: &[Relation] = match caller.credential {
        Credential::Application => &[Relation::Application],
        _ if caller.is_admin() => &[Relation::Admin],
        _ => &[
            Relation::Stranger,
            Relation::Own,
            Relation::Manager,
            Relation::ManagerAbove,
            Relation::Peer,
            Relation::FormerManager,
        ],
    };
    let verdict = |relation: &Relation| row.grant(*relation).verdict(visibility::DEFAULT);
    let first = possible.first().map(verdict)?;
    let same = possible.iter().all(|relation| verdict(relation) == first);
    // Whom Talent lets is not known yet.
    if !same || first == Verdict::AsTalentLets {
        return None;
    }
    refusal(first)
}
