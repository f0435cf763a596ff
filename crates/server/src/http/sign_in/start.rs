use std::net::IpAddr;

use axum::extract::{Query, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{cookie, page};
use crate::auth::pairing::{Challenge, PAIRING_SECONDS};
use crate::auth::random::{self, sha256};
use crate::http::plumbing::client_address::ClientAddress;
use crate::http::{App, Space};
use crate::store::pairings::{self, NewPairing};

/// What a sealed PKCE verifier is sealed for.
pub(super) const VERIFIER: &str = "pkce verifier";

#[derive(Deserialize)]
pub(super) struct Start {
    challenge: Option<String>,
    /// Which customer's sign-in, where this server has several.
    tenant: Option<String>,
}

/// `GET /auth/start?challenge=…`: opens a sign-in bound to this browser, and sends the person to Microsoft.
pub(super) async fn start(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    Query(asked): Query<Start>,
) -> Response {
    if !is_navigation(&headers) {
        return page::notice(
            StatusCode::FORBIDDEN,
            "Please open this in a window of its own",
            "Sign-in does not work inside another page.",
        );
    }
    if !app.throttle().allows(peer(&extensions)) {
        return slow_down();
    }
    let Some(challenge) = asked.challenge.as_deref().and_then(Challenge::parse) else {
        return page::notice(
            StatusCode::BAD_REQUEST,
            "This link is not complete",
            "Go back to the panel and choose Sign in there.",
        );
    };
    let space = match asked.tenant.as_deref() {
        Some(tenant) => app.space_of_tenant(tenant),
        None => app.spaces().first(),
    };
    let Some(space) = space else {
        return page::start_again();
    };
    match begin(&app, space, &challenge).await {
        Ok(Some(response)) => response,
        Ok(None) => page::start_again(),
        Err(reason) => {
            tracing::error!(reason, "a sign-in could not begin");
            page::failed()
        }
    }
}

/// A top-level navigation, where the browser says what it is (Fetch Metadata).
fn is_navigation(headers: &HeaderMap) -> bool {
    let says = |name: &str, expected: &str| {
        headers
            .get(name)
            .is_none_or(|value| value.as_bytes() == expected.as_bytes())
    };
    says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document")
}

fn peer(extensions: &Extensions) -> IpAddr {
    let address = extensions.get::<ClientAddress>().copied();
    address.map_or(IpAddr::from([0, 0, 0, 0]), ClientAddress::group)
}

fn slow_down() -> Response {
    let mut response = page::notice(
        StatusCode::TOO_MANY_REQUESTS,
        "One moment, please",
        "Many sign-ins began from here within a minute. Try again in a minute.",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    response
}

/// `None` when the challenge was used before.
async fn begin(
    app: &App,
    space: &Space,
    challenge: &Challenge,
) -> Result<Option<Response>, String> {
    let token = || random::token().map_err(|error| error.to_string());
    let (cookie, state, nonce, verifier) = (token()?, token()?, token()?, token()?);
    let sealed = space
        .sealer
        .seal(&verifier, VERIFIER)
        .map_err(|error| error.to_string())?;
    let metadata = space.authority.metadata().await?;
    let new = NewPairing {
        challenge: challenge.as_str(),
        network_id: &space.id,
        cookie_hash: &sha256(&cookie),
        state_hash: &sha256(&state),
        nonce: &nonce,
        verifier: &sealed,
        expires_at: app.clock().micros() + PAIRING_SECONDS * 1_000_000,
    };
    let opened = async {
        let mut tx = app.store().write().await?;
        let opened = pairings::open(&mut tx, &new).await?;
        tx.commit().await?;
        crate::store::Result::Ok(opened)
    };
    if !opened.await.map_err(|error| error.to_string())? {
        return Ok(None);
    }
    let mut address = metadata.authorization_endpoint.clone();
    address
        .query_pairs_mut()
        .append_pair("client_id", &space.config.entra.client_id)
        .append_pair("response_type", "code")
        .append_pair("redirect_uri", &redirect_uri(app))
        .append_pair("response_mode", "query")
        .append_pair("scope", &scope(space))
        .append_pair("state", &state)
        .append_pair("nonce", &nonce)
        .append_pair("code_challenge", &sha256(&verifier))
        .append_pair("code_challenge_method", "S256");
    let set = cookie::set(&cookie).ok_or("the cookie cannot be written")?;
    let to = HeaderValue::from_str(address.as_str()).map_err(|error| error.to_string())?;
    let headers = [(header::LOCATION, to), (header::SET_COOKIE, set)];
    Ok(Some((StatusCode::SEE_OTHER, headers).into_response()))
}

/// Where Microsoft sends people back; registered there exactly so.
pub(super) fn redirect_uri(app: &App) -> String {
    format!("{}/auth/callback", app.public_origin())
}

/// Who they are, our API, and a refresh token for Talent.
pub(super) fn scope(space: &Space) -> String {
    format!("openid profile offline_access {}", space.api_scope())
}
