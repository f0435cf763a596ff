use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

use super::{cookie, page};
use crate::auth::pairing::Challenge;
use crate::auth::random::sha256;
use crate::http::App;
use crate::store::StoreError;
use crate::store::pairings;

/// `GET /auth/confirm`: shows account and code, and asks.
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(cookie) = cookie::read(&headers) else {
        return page::start_again();
    };
    let found = async {
        let mut conn = app.store().read().await?;
        pairings::to_confirm(&mut conn, &sha256(cookie), app.clock().micros()).await
    };
    let pairing = match found.await {
        Ok(Some(pairing)) => pairing,
        Ok(None) => return page::start_again(),
        Err(error) => return failed(&error),
    };
    let challenge = Challenge::parse(&pairing.challenge);
    let (Some(space), Some(challenge)) = (app.space(&pairing.network_id), challenge) else {
        return page::start_again();
    };
    page::confirmation(
        &pairing.account,
        &challenge.confirm_code(),
        &space.sealer.form_token(cookie),
    )
}

#[derive(Deserialize)]
pub(super) struct Decision {
    csrf: String,
    action: String,
}

/// `POST /auth/confirm`: binds the session to the panel's challenge, or ends the sign-in.
pub(super) async fn decide(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Decision>, FormRejection>,
) -> Response {
    let (Some(cookie), Ok(Form(decision))) = (cookie::read(&headers), form) else {
        return page::start_again();
    };
    let same_origin = headers
        .get(header::ORIGIN)
        .is_none_or(|origin| origin.as_bytes() == app.public_origin().as_bytes());
    let ours = app
        .spaces()
        .iter()
        .any(|space| space.sealer.form_token_fits(cookie, &decision.csrf));
    if !same_origin || !ours {
        tracing::warn!("a confirmation came from elsewhere and was refused");
        return page::notice(
            StatusCode::FORBIDDEN,
            "This did not come from the sign-in page",
            "Nothing was done. Close this window and start again in the panel.",
        );
    }
    let confirm = decision.action == "confirm";
    let mut response = match carry_out(&app, &sha256(cookie), confirm).await {
        Ok(false) => page::start_again(),
        Ok(true) if confirm => page::notice(
            StatusCode::OK,
            "You are signed in",
            "The panel goes on by itself. You can close this window.",
        ),
        Ok(true) => page::notice(
            StatusCode::OK,
            "You are not signed in",
            "Nothing was passed on to the panel. You can close this window.",
        ),
        Err(error) => failed(&error),
    };
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookie::clear());
    response
}

async fn carry_out(app: &App, cookie_hash: &str, confirm: bool) -> Result<bool, StoreError> {
    let mut tx = app.store().write().await?;
    let done = if confirm {
        pairings::confirm(&mut tx, cookie_hash, app.clock().micros()).await?
    } else {
        pairings::end(&mut tx, cookie_hash).await?;
        true
    };
    tx.commit().await?;
    Ok(done)
}

fn failed(error: &StoreError) -> Response {
    tracing::error!(%error, "a confirmation failed");
    page::failed()
}
