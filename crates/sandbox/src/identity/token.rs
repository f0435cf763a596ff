//! `POST /{tenant}/oauth2/v2.0/token`.

mod answer;
mod assertion;
mod client;
mod client_credentials;
mod code;
mod on_behalf_of;
mod refresh;

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use self::client::Client;
use super::{error::AadError, form::Form, tenant::Tenant};
use crate::Sandbox;

/// Answers a form with a token, or with Entra's error.
pub(super) async fn token(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    body: String,
) -> Response {
    let form = Form::parse(&body);
    let mut response = match grant(&sandbox, &tenant, &headers, &form) {
        Ok(answer) => ([("cache-control", "no-store")], axum::Json(answer)).into_response(),
        Err(error) => {
            let correlation = headers
                .get("client-request-id")
                .and_then(|id| id.to_str().ok());
            error.answer(
                sandbox.clock.now(),
                correlation.and_then(|id| id.parse().ok()),
            )
        }
    };
    let app = form
        .get("client_id")
        .and_then(|id| sandbox.identity.apps.get(id));
    let origin = headers.get(header::ORIGIN);
    let is_own = |origin: &&HeaderValue| app.is_some_and(|app| app.serves(origin));
    allow_origin(&mut response, origin.filter(is_own));
    response
}

/// Scripts of single-page applications ask before they send `client-request-id` and the like.
pub(super) async fn preflight(State(sandbox): State<Arc<Sandbox>>, headers: HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(
        "access-control-allow-methods",
        HeaderValue::from_static("POST"),
    );
    if let Some(asked) = headers.get("access-control-request-headers") {
        response
            .headers_mut()
            .insert("access-control-allow-headers", asked.clone());
    }
    let origin = headers.get(header::ORIGIN);
    let is_known =
        |origin: &&HeaderValue| sandbox.identity.apps.all().any(|app| app.serves(origin));
    allow_origin(&mut response, origin.filter(is_known));
    response
}

/// Lets a page of a single-page application, and of nothing else, read the answer.
fn allow_origin(response: &mut Response, origin: Option<&HeaderValue>) {
    if let Some(origin) = origin {
        response
            .headers_mut()
            .insert("access-control-allow-origin", origin.clone());
        response
            .headers_mut()
            .insert("vary", HeaderValue::from_static("Origin"));
    }
}

fn grant(
    sandbox: &Sandbox,
    segment: &str,
    headers: &HeaderMap,
    form: &Form,
) -> Result<Value, AadError> {
    let tenant = Tenant::parse(segment, sandbox)?;
    let grant_type = form.require("grant_type")?;
    let client = Client::authenticate(sandbox, segment, headers, form)?;
    match grant_type {
        "authorization_code" => code::redeem(sandbox, &client, form),
        "refresh_token" => refresh::refresh(sandbox, &client, form),
        "client_credentials" => {
            own_tenant(tenant)?;
            client_credentials::grant(sandbox, &client, form)
        }
        "urn:ietf:params:oauth:grant-type:jwt-bearer" => {
            own_tenant(tenant)?;
            on_behalf_of::exchange(sandbox, &client, form)
        }
        other => Err(AadError::new(
            "unsupported_grant_type",
            70_003,
            format!("The app requested an unsupported grant type '{other}'."),
        )),
    }
}

/// Without a user there is no tenant to be found by signing in.
fn own_tenant(tenant: Tenant) -> Result<(), AadError> {
    match tenant {
        Tenant::Own => Ok(()),
        Tenant::Any => Err(AadError::new(
            "invalid_request",
            50_059,
            "No tenant-identifying information found in either the request or implied by any provided credentials.",
        )),
    }
}
