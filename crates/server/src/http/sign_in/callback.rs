use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use eloops_api::MemberStatus;
use serde::Deserialize;

use super::{cookie, page, start};
use crate::auth::oauth::Tokens;
use crate::auth::principal::ADMIN;
use crate::auth::random::sha256;
use crate::auth::token::{self, Verified};
use crate::http::api::{KEPT_TOKENS_PURPOSE, KeptTokens};
use crate::http::{App, Space};
use crate::store::members;
use crate::store::pairings::{self, Redeeming, SignedIn};

#[derive(Deserialize)]
pub(super) struct Callback {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
}

/// `GET /auth/callback`: Microsoft's answer. Redeems the code and goes on to the confirmation.
pub(super) async fn callback(
    State(app): State<App>,
    headers: HeaderMap,
    Query(answer): Query<Callback>,
) -> Response {
    let (Some(cookie), Some(state)) = (cookie::read(&headers), answer.state.as_deref()) else {
        return page::start_again();
    };
    let cookie_hash = sha256(cookie);
    let pairing = match take(&app, &cookie_hash, state).await {
        Ok(Some(pairing)) => pairing,
        Ok(None) => return page::start_again(),
        Err(error) => return gone_wrong(&app, &cookie_hash, &error).await,
    };
    let Some(code) = answer.code.as_deref() else {
        tracing::info!(
            error = answer.error.as_deref(),
            "Microsoft's sign-in gave no code"
        );
        end(&app, &cookie_hash).await;
        return page::notice(
            StatusCode::OK,
            "You are not signed in",
            "The sign-in was not finished. You can close this window and start again in the panel.",
        );
    };
    match sign_in(&app, &pairing, code).await {
        Ok(Outcome::Known) => (
            StatusCode::SEE_OTHER,
            [(header::LOCATION, HeaderValue::from_static("/auth/confirm"))],
        )
            .into_response(),
        Ok(Outcome::Unknown(account)) => {
            end(&app, &cookie_hash).await;
            unknown(&account)
        }
        Err(reason) => gone_wrong(&app, &cookie_hash, &reason).await,
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

async fn sign_in(app: &App, pairing: &Redeeming, code: &str) -> Result<Outcome, String> {
    let space = app
        .space(&pairing.network_id)
        .ok_or("the network is no longer configured")?;
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
    let person = identify(app, space, &tokens, &pairing.nonce).await?;
    let account = person
        .display_name
        .clone()
        .unwrap_or_else(|| "your account".to_owned());
    let roles = roles(app, space, &tokens, &person).await;

    let mut conn = app
        .store()
        .read()
        .await
        .map_err(|error| error.to_string())?;
    let member = members::by_object_id(&mut conn, &space.id, &person.object_id)
        .await
        .map_err(|error| error.to_string())?;
    drop(conn);
    let active = member.filter(|member| member.status == MemberStatus::Active);
    if active.is_none() && !roles.contains(ADMIN) {
        return Ok(Outcome::Unknown(account));
    }
    let signed_in = SignedIn {
        challenge: pairing.challenge.clone(),
        network_id: space.id.clone(),
        member_id: active.map(|member| member.id),
        object_id: person.object_id,
        account,
        roles: serde_json::to_string(&roles).map_err(|error| error.to_string())?,
        tokens: seal(space, &tokens)?,
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

/// Who the id token says they are.
async fn identify(
    app: &App,
    space: &Arc<Space>,
    tokens: &Tokens,
    nonce: &str,
) -> Result<Verified, String> {
    let id_token = tokens
        .id_token
        .as_ref()
        .ok_or("the token endpoint gave no id token")?
        .expose();
    let kid = token::peek_kid(id_token).map_err(|refusal| refusal.to_string())?;
    let now = app.seconds();
    let key = space
        .keys
        .find(&kid, now)
        .await
        .map_err(|error| error.to_string())?;
    let verified = token::verify_id_token(id_token, &key, &space.policy, nonce, now)
        .map_err(|refusal| refusal.to_string())?;
    space.keys.confirm(&kid);
    Ok(verified)
}

/// App roles stand in the id token of the app that defines them, and in the access token for it. The second is
/// only asked where it is the same person's and valid.
async fn roles(
    app: &App,
    space: &Arc<Space>,
    tokens: &Tokens,
    person: &Verified,
) -> BTreeSet<String> {
    let mut roles = person.roles.clone();
    let access = tokens.access_token.expose();
    let now = app.seconds();
    if let Ok(kid) = token::peek_kid(access)
        && let Ok(key) = space.keys.find(&kid, now).await
        && let Ok(verified) = token::verify_access_token(access, &key, &space.policy, now)
        && verified.object_id == person.object_id
    {
        roles.extend(verified.roles);
    }
    roles
}

fn seal(space: &Space, tokens: &Tokens) -> Result<Option<String>, String> {
    let Some(refresh_token) = tokens.refresh_token.clone() else {
        return Ok(None);
    };
    let text =
        serde_json::to_string(&KeptTokens { refresh_token }).map_err(|error| error.to_string())?;
    let sealed = space.sealer.seal(&text, KEPT_TOKENS_PURPOSE);
    sealed.map(Some).map_err(|error| error.to_string())
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

async fn gone_wrong(app: &App, cookie_hash: &str, reason: &str) -> Response {
    tracing::error!(reason, "a sign-in failed");
    end(app, cookie_hash).await;
    page::failed()
}

fn unknown(account: &str) -> Response {
    page::page(
        StatusCode::FORBIDDEN,
        "There is no Eloops membership for this account",
        &maud::html! {
            p {
                "You signed in as " strong { (account) } ", and nobody with this account is an active \
                 member here. If you expected otherwise, HR can check your record in Talent."
            }
        },
    )
}
