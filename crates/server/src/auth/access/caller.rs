use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use eloops_api::{LookedAt, Visibility};

use super::{Relation, Row, Verdict, decide, refusal, relation, row};
use crate::auth::principal::Principal;
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::store::members::MemberRow;
use crate::store::views::Viewer;
use crate::store::{StoreError, visibility};

/// Whoever calls a route that is about themselves or about the whole network, and may.
pub struct Caller {
    principal: Principal,
    row: &'static Row,
}

impl FromRequestParts<App> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let row = row(parts)?;
        let principal = Principal::from_request_parts(parts, app).await?;
        let relations = relation::with_role(&principal, Relation::Stranger);
        let (verdict, _) = decide(row, &relations, visibility::DEFAULT);
        if let Some(refusal) = refusal(verdict) {
            return Err(refusal);
        }
        let caller = Self { principal, row };
        if verdict == Verdict::Own {
            caller.member()?;
        }
        Ok(caller)
    }
}

impl Caller {
    /// The caller's own membership.
    ///
    /// # Errors
    /// 403 `no_member` for everybody who has none.
    pub fn member(&self) -> Result<&MemberRow, ApiError> {
        self.principal.own_member()
    }

    /// Whether the caller sees the coins of somebody to whom they are the direct manager.
    #[must_use]
    pub fn sees_report(&self, visibility: Visibility) -> bool {
        let relations = relation::with_role(&self.principal, Relation::Manager);
        decide(self.row, &relations, visibility).0.shows_balance()
    }

    /// Notes that the caller looks at their direct reports, before they are shown.
    ///
    /// # Errors
    /// 503 `view_not_recorded`.
    pub async fn look_at_reports(&self, app: &App, member_ids: &[&str]) -> Result<(), ApiError> {
        let Some(looked_at) = self.row.trail else {
            return Ok(());
        };
        look(
            app,
            &self.principal,
            Relation::Manager,
            looked_at,
            member_ids,
        )
        .await
    }

    /// Gives the caller away.
    #[must_use]
    pub fn into_inner(self) -> Principal {
        self.principal
    }
}

impl Deref for Caller {
    type Target = Principal;

    fn deref(&self) -> &Principal {
        &self.principal
    }
}

/// Notes a look at members, in the relation that lets the caller in.
pub(super) async fn look(
    app: &App,
    caller: &Principal,
    relation: Relation,
    looked_at: LookedAt,
    member_ids: &[&str],
) -> Result<(), ApiError> {
    let Some(viewer_as) = relation.viewer_as() else {
        return Ok(());
    };
    let viewer = Viewer {
        network_id: &caller.space.id,
        id: caller.actor_id(),
        viewer_as,
        looked_at,
    };
    let now = app.clock().now();
    app.visits()
        .look(app.store(), viewer, member_ids, now)
        .await
        .map_err(|error| not_recorded(&error))
}

/// No trail, no answer.
fn not_recorded(error: &StoreError) -> ApiError {
    tracing::error!(?error, "a look could not be noted, so nothing was shown");
    ApiError::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "view_not_recorded",
        "Who looks is noted for the person concerned, and that did not work just now. Try again in a moment.",
    )
    .with_header(header::RETRY_AFTER, HeaderValue::from_static("5"))
}
