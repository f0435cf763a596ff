//! `GET|POST /{tenant}/oauth2/v2.0/logout` (OpenID Connect RP-Initiated Logout 1.0, and
//! Front-Channel Logout 1.0 for the apps of the session).

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use url::Url;

use super::{form::Form, session::Session, sign_in::page, tenant::Tenant};
use crate::Sandbox;

/// Ends the session and tells its apps, then leads back to a registered address or says so.
pub(super) async fn logout(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: String,
) -> Response {
    if let Err(error) = Tenant::parse(&tenant, &sandbox) {
        return page::refusal(&error);
    }
    let form = if body.is_empty() {
        Form::parse(&query.unwrap_or_default())
    } else {
        Form::parse(&body)
    };
    let (ended, cookie) = sandbox.identity.sessions.end(&headers);
    let to_tell = ended.map_or_else(Vec::new, |session| to_tell(&sandbox, &session));
    // Nobody is sent to an address that is not registered (RFC 9700 §4.11).
    let back = form
        .get("post_logout_redirect_uri")
        .filter(|uri| sandbox.identity.apps.all().any(|app| app.returns_to(uri)));
    let cookie = [(header::SET_COOKIE, cookie)];
    match back {
        Some(uri) if to_tell.is_empty() => {
            let location = [(header::LOCATION, uri.to_owned())];
            (StatusCode::SEE_OTHER, cookie, location).into_response()
        }
        back => (cookie, page::signed_out(&to_tell, back)).into_response(),
    }
}

/// The addresses that tell the session's apps of its end.
fn to_tell(sandbox: &Sandbox, session: &Session) -> Vec<Url> {
    let issuer = format!("{}/{}/v2.0", sandbox.origin, sandbox.options.tenant);
    let id = session.id.to_string();
    session
        .apps
        .iter()
        .filter_map(|client_id| sandbox.identity.apps.get(client_id)?.front_channel.clone())
        .map(|mut url| {
            url.query_pairs_mut()
                .extend_pairs([("iss", issuer.as_str()), ("sid", &id)]);
            url
        })
        .collect()
}
