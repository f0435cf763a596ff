use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use eloops_api::{Award, CoinTransaction, Problem};

use crate::auth::access::{Seeker, Target};
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::{Body, InPath};
use crate::http::plumbing::idempotency::{self, Creating, IdempotencyKey};
use crate::http::plumbing::problem::ApiError;
use crate::ids::new_id;
use crate::ledger::LedgerError;
use crate::store::ledger::{self, NewLine};

/// Award coins, or correct them down
#[utoipa::path(post, path = "/members/{id}/coin-transactions", tag = "coins",
    params(("id" = String, Path, description = "The member's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key enters once")),
    request_body = Award,
    responses((status = 201, body = CoinTransaction),
        (status = 409, description = "`member_inactive`, `balance_too_low`, `idempotency_conflict`",
            body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid_request`: see `errors`",
            body = Problem, content_type = "application/problem+json"),
        Denied))]
pub(in crate::http::api) async fn enter(
    State(app): State<App>,
    caller: Seeker,
    InPath(id): InPath<String>,
    key: IdempotencyKey,
    Body(award): Body<Award>,
) -> Result<(StatusCode, Json<CoinTransaction>), ApiError> {
    let member = caller.find(&app, Target::Id(&id)).await?.member;
    // PostgreSQL's texts hold no NUL.
    let reason = award.reason.replace('\0', "");
    let now = app.clock().now();
    let line_id = new_id(now);
    let creating = Creating {
        network_id: &caller.space.id,
        caller: &caller.object_id,
        route: &format!("POST /members/{}/coin-transactions", member.id),
        body: &format!("{}\n{}", award.amount, reason),
        now: now.as_microsecond(),
    };
    let mut tx = app.store().write().await?;
    if let Some(earlier) = idempotency::claim(&mut tx, &key, &creating, &line_id).await? {
        let line = ledger::by_id(&mut tx, &caller.space.id, &earlier).await?;
        let line = line.ok_or_else(|| ApiError::internal(&"a ledger line is gone"))?;
        return Ok((StatusCode::CREATED, Json(line)));
    }
    let new = NewLine {
        id: &line_id,
        amount: award.amount,
        reason: &reason,
        entered_by: Some(caller.actor_id()),
    };
    let line = ledger::enter(&mut tx, &member, new, now)
        .await?
        .map_err(refused)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(line)))
}

/// The ledger's rules in the API's words.
pub(in crate::http::api) fn refused(error: LedgerError) -> ApiError {
    let conflict = |code| ApiError::new(StatusCode::CONFLICT, code, error.to_string());
    match error {
        LedgerError::Zero | LedgerError::TooMuch => ApiError::invalid("amount", error.to_string()),
        LedgerError::Reason => ApiError::invalid("reason", error.to_string()),
        LedgerError::Inactive => conflict("member_inactive"),
        LedgerError::BelowZero { .. } => conflict("balance_too_low"),
        LedgerError::AlreadyRemoved => ApiError::not_found(),
    }
}
