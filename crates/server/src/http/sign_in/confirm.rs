use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

use super::locale::Locale;
use super::{cookie, page};
use crate::auth::pairing::Challenge;
use crate::auth::random::sha256;
use crate::http::App;
use crate::store::{Conn, StoreError, pairings};

/// `GET /auth/confirm`: shows account and code, and asks.
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let asked = Locale::of(&headers);
    let Some(cookie) = cookie::read(&headers) else {
        return page::start_again(asked);
    };
    let cookie_hash = sha256(cookie);
    let found = async {
        let mut conn = app.store().read().await?;
        let locale = locale(&mut conn, &cookie_hash, asked).await?;
        let pairing = pairings::to_confirm(&mut conn, &cookie_hash, app.clock().micros()).await?;
        Ok((locale, pairing))
    };
    let (locale, pairing) = match found.await {
        Ok((locale, Some(pairing))) => (locale, pairing),
        Ok((locale, None)) => return page::start_again(locale),
        Err(error) => return failed(asked, &error),
    };
    let challenge = Challenge::parse(&pairing.challenge);
    let (Some(space), Some(challenge)) = (app.space(&pairing.network_id), challenge) else {
        return page::start_again(locale);
    };
    page::confirmation(
        locale,
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
    let asked = Locale::of(&headers);
    let (Some(cookie), Ok(Form(decision))) = (cookie::read(&headers), form) else {
        return page::start_again(asked);
    };
    // Every browser names the origin with a form that is posted.
    let same_origin = headers
        .get(header::ORIGIN)
        .is_some_and(|origin| origin.as_bytes() == app.public_origin().as_bytes());
    let ours = app
        .spaces()
        .iter()
        .any(|space| space.sealer.form_token_fits(cookie, &decision.csrf));
    if !same_origin || !ours {
        tracing::warn!("a confirmation came from elsewhere and was refused");
        return page::notice(StatusCode::FORBIDDEN, asked, |words| &words.foreign_form);
    }
    let confirm = decision.action == "confirm";
    let mut response = match carry_out(&app, &sha256(cookie), confirm, asked).await {
        Ok((locale, false)) => page::start_again(locale),
        Ok((locale, true)) => page::notice(StatusCode::OK, locale, |words| {
            if confirm {
                &words.signed_in
            } else {
                &words.cancelled
            }
        }),
        Err(error) => failed(asked, &error),
    };
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookie::clear());
    response
}

/// Gives the language to answer in, and whether there was something to decide.
async fn carry_out(
    app: &App,
    cookie_hash: &str,
    confirm: bool,
    asked: Locale,
) -> Result<(Locale, bool), StoreError> {
    let mut tx = app.store().write().await?;
    let locale = locale(&mut tx, cookie_hash, asked).await?;
    let done = if confirm {
        pairings::confirm(&mut tx, cookie_hash, app.clock().micros()).await?
    } else {
        pairings::end(&mut tx, cookie_hash).await?;
        true
    };
    tx.commit().await?;
    Ok((locale, done))
}

/// The language in which the sign-in began, else the one asked for now.
async fn locale(conn: &mut Conn, cookie_hash: &str, asked: Locale) -> Result<Locale, StoreError> {
    let began = pairings::locale(conn, cookie_hash).await?;
    Ok(began.and_then(|tag| Locale::parse(&tag)).unwrap_or(asked))
}

fn failed(locale: Locale, error: &StoreError) -> Response {
    tracing::error!(%error, "a confirmation failed");
    page::failed(locale)
}
