use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use eloops_api::MemberStatus;
use serde::Deserialize;

use super::locale::Locale;
use super::{cookie, identity, kept, page, start};
use crate::auth::principal::ADMIN;
use crate::auth::random::sha256;
use crate::http::{App, Space};
use crate::store::members;
use crate::store::pairings::{self, Redeeming, SignedIn};

#[derive(Deserialize)]
pub(super) struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    /// Who answers (RFC 9207).
    iss: Option<String>,
}

/// `GET /auth/callback`: Microsoft's answer. Redeems the code and goes on to the confirmation.
pub(super) async fn callback(
    State(app): State<App>,
    headers: HeaderMap,
    answer: Result<Query<Callback>, QueryRejection>,
) -> Response {
    let asked = Locale::of(&headers);
    let Ok(Query(answer)) = answer else {
        return page::start_again(asked);
    };
    let (Some(cookie), Some(state)) = (cookie::read(&headers), answer.state.as_deref()) else {
        return page::start_again(asked);
    };
    let cookie_hash = sha256(cookie);
    let pairing = match take(&app, &cookie_hash, state).await {
        Ok(Some(pairing)) => pairing,
        Ok(None) => return page::start_again(asked),
        Err(error) => return gone_wrong(&app, &cookie_hash, asked, &error).await,
    };
    let locale = Locale::parse(&pairing.locale).unwrap_or(asked);
    let Some(code) = answer.code.as_deref() else {
        tracing::info!(
            error = answer.error.as_deref(),
            "Microsoft's sign-in gave no code"
        );
        end(&app, &cookie_hash).await;
        return page::notice(StatusCode::OK, locale, |words| &words.not_finished);
    };
    match sign_in(&app, &pairing, code, answer.iss.as_deref()).await {
        Ok(Outcome::Known) => (
            StatusCode::SEE_OTHER,
            [(header::LOCATION, HeaderValue::from_static("/auth/confirm"))],
        )
            .into_response(),
        Ok(Outcome::Unknown(account)) => {
            end(&app, &cookie_hash).await;
            page::unknown(locale, &account)
        }
        Err(reason) => gone_wrong(&app, &cookie_hash, locale, &reason).await,
    }
}

enum Outcome {
    /// To be confirmed.
    Known,
    /// An account that nobody in this network has.
    Unknown(String),
}

async fn take(app: &App, cookie_hash: &str, state: &str) -> Result<Option<Redeeming>, String> {
    let now = app.clock().micros();
    let mut tx = app
        .store()
        .write()
        .await
        .map_err(|error| error.to_string())?;
    let taken = pairings::begin_redeeming(&mut tx, cookie_hash, &sha256(state), now).await;
    let taken = taken.map_err(|error| error.to_string())?;
    tx.commit().await.map_err(|error| error.to_string())?;
    Ok(taken)
}

async fn sign_in(
    app: &App,
    pairing: &Redeeming,
    code: &str,
    issuer: Option<&str>,
) -> Result<Outcome, String> {
    let space = app
        .space(&pairing.network_id)
        .ok_or("the network is no longer configured")?;
    check_issuer(space, issuer).await?;
    let verifier = space
        .sealer
        .open(&pairing.verifier, start::VERIFIER)
        .map_err(|error| error.to_string())?;
    let scope = start::scope(space);
    let redirect_uri = start::redirect_uri(app);
    let tokens = space
        .tokens
        .redeem_code(code, &verifier, &redirect_uri, &scope)
        .await
        .map_err(|error| error.to_string())?;
    let person = identity::of_sign_in(app, space, &tokens, &pairing.nonce).await?;
    let account = person
        .display_name
        .clone()
        .unwrap_or_else(|| "your account".to_owned());

    let mut conn = app
        .store()
        .read()
        .await
        .map_err(|error| error.to_string())?;
    let member = members::by_object_id(&mut conn, &space.id, &person.object_id)
        .await
        .map_err(|error| error.to_string())?;
    drop(conn);
    // The role opens the door to who is no member, never to a member who has left.
    let welcome = member.as_ref().map_or_else(
        || person.roles.contains(ADMIN),
        |member| member.status == MemberStatus::Active,
    );
    if !welcome {
        tracing::info!(
            network = %space.id,
            by = %person.object_id,
            "an account signed in that belongs to no active member"
        );
        return Ok(Outcome::Unknown(account));
    }
    let signed_in = SignedIn {
        challenge: pairing.challenge.clone(),
        network_id: space.id.clone(),
        member_id: member.map(|member| member.id),
        object_id: person.object_id,
        account,
        roles: serde_json::to_string(&person.roles).map_err(|error| error.to_string())?,
        tokens: kept::seal(space, &tokens)?,
        sid_hash: person.session.as_deref().map(sha256),
    };
    let mut tx = app
        .store()
        .write()
        .await
        .map_err(|error| error.to_string())?;
    pairings::signed_in(&mut tx, &signed_in)
        .await
        .map_err(|error| error.to_string())?;
    tx.commit().await.map_err(|error| error.to_string())?;
    Ok(Outcome::Known)
}

/// RFC 9207 §2.4: an answer of another authority than the one asked is not redeemed. Which one was asked, the pairing
/// knows by the network it was opened for.
async fn check_issuer(space: &Space, named: Option<&str>) -> Result<(), String> {
    let metadata = space.authority.metadata().await?;
    let expected = metadata.issuer_of(&space.config.entra.tenant);
    match named {
        Some(named) if named == expected => Ok(()),
        Some(_) => Err("the answer names another issuer than the one that was asked".to_owned()),
        None if metadata.authorization_response_iss_parameter_supported => {
            Err("the answer names no issuer, and this authority always does".to_owned())
        }
        None => Ok(()),
    }
}

async fn end(app: &App, cookie_hash: &str) {
    let ended = async {
        let mut tx = app.store().write().await?;
        pairings::end(&mut tx, cookie_hash).await?;
        tx.commit().await
    };
    if let Err(error) = ended.await {
        tracing::warn!(%error, "a sign-in could not be ended; it ends by itself within two minutes");
    }
}

async fn gone_wrong(app: &App, cookie_hash: &str, locale: Locale, reason: &str) -> Response {
    tracing::error!(reason, "a sign-in failed");
    end(app, cookie_hash).await;
    page::failed(locale)
}
