use std::net::IpAddr;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use url::Url;

use super::locale::Locale;
use super::words::{Notice, Words};
use super::{cookie, page, requested_claims};
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
    /// What a claims challenge asked for: base64url of its JSON.
    claims: Option<String>,
    /// The panel's language.
    locale: Option<String>,
}

/// `GET /auth/start?challenge=…`: opens a sign-in bound to this browser, and sends the person to Microsoft.
pub(super) async fn start(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    asked: Result<Query<Start>, QueryRejection>,
) -> Response {
    let preferred = Locale::of(&headers);
    if let Some(notice) = opened_wrongly(&app, &headers) {
        return page::notice(StatusCode::FORBIDDEN, preferred, notice);
    }
    if !app.throttle().allows(peer(&extensions)) {
        return slow_down(preferred);
    }
    let Ok(Query(asked)) = asked else {
        return incomplete(preferred);
    };
    let locale = asked.locale.as_deref().and_then(Locale::parse);
    let locale = locale.unwrap_or(preferred);
    let Some(challenge) = asked.challenge.as_deref().and_then(Challenge::parse) else {
        return incomplete(locale);
    };
    let claims = match asked.claims.as_deref().map(requested_claims::read) {
        None => None,
        Some(Some(claims)) => Some(claims),
        Some(None) => return incomplete(locale),
    };
    let space = match asked.tenant.as_deref() {
        Some(tenant) => app.space_of_tenant(tenant),
        None => app.spaces().first(),
    };
    let Some(space) = space else {
        return page::start_again(locale);
    };
    match begin(&app, space, &challenge, claims.as_deref(), locale).await {
        Ok(Some(response)) => response,
        Ok(None) => page::start_again(locale),
        Err(reason) => {
            tracing::error!(reason, "a sign-in could not begin");
            page::failed(locale)
        }
    }
}

/// What is wrong with where it was opened, as far as the browser says (Fetch Metadata): it has to be a window of its
/// own, and the panel itself or the address bar has to have opened it. A page that links here from elsewhere would
/// begin a sign-in that nobody wanted.
fn opened_wrongly(app: &App, headers: &HeaderMap) -> Option<fn(&'static Words) -> &'static Notice> {
    let says = |name: &str, expected: &[&str]| {
        headers.get(name).is_none_or(|value| {
            expected
                .iter()
                .any(|one| value.as_bytes() == one.as_bytes())
        })
    };
    if !says("sec-fetch-mode", &["navigate"]) || !says("sec-fetch-dest", &["document"]) {
        return Some(|words| &words.in_a_frame);
    }
    if !says("sec-fetch-site", &["same-origin", "none"]) && !is_from_host(app, headers) {
        return Some(|words| &words.from_elsewhere);
    }
    None
}

/// Whether a page opened it that runs the panel without a frame (`ELOOPS_API_ORIGINS`). No page can say that it is
/// another one; one that says nothing is not believed.
fn is_from_host(app: &App, headers: &HeaderMap) -> bool {
    headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|referrer| Url::parse(referrer).ok())
        .map(|referrer| referrer.origin().ascii_serialization())
        .is_some_and(|origin| app.api_origins().contains(&origin))
}

fn peer(extensions: &Extensions) -> IpAddr {
    let address = extensions.get::<ClientAddress>().copied();
    address.map_or(IpAddr::from([0, 0, 0, 0]), ClientAddress::group)
}

fn incomplete(locale: Locale) -> Response {
    page::notice(StatusCode::BAD_REQUEST, locale, |words| &words.incomplete)
}

fn slow_down(locale: Locale) -> Response {
    let mut response = page::notice(StatusCode::TOO_MANY_REQUESTS, locale, |words| {
        &words.slow_down
    });
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
    claims: Option<&str>,
    locale: Locale,
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
        locale: locale.tag(),
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
    if let Some(claims) = claims {
        address.query_pairs_mut().append_pair("claims", claims);
    }
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
