//! `GET|POST /{tenant}/oauth2/v2.0/logout`.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{form::Form, sign_in::page, tenant::Tenant};
use crate::Sandbox;

/// Ends the session, then leads back to a registered address or says so.
pub(super) async fn logout(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    if let Err(error) = Tenant::parse(&tenant, &sandbox) {
        return page::refusal(&error);
    }
    let (_, cookie) = sandbox.identity.sessions.end(&headers);
    let form = Form::parse(&query.unwrap_or_default());
    let back = form
        .get("post_logout_redirect_uri")
        .filter(|uri| uri.starts_with(&format!("{}/", sandbox.eloops)) || *uri == sandbox.eloops);
    match back {
        Some(uri) => (
            StatusCode::SEE_OTHER,
            [
                (header::SET_COOKIE, cookie),
                (header::LOCATION, uri.to_owned()),
            ],
        )
            .into_response(),
        None => ([(header::SET_COOKIE, cookie)], page::signed_out()).into_response(),
    }
}
