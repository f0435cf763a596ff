//! `GET|POST /{tenant}/adminconsent` (Microsoft Learn: v2-admin-consent).

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use url::Url;

use super::{App, error::AadError, form::Form, sign_in::page, tenant::Tenant};
use crate::Sandbox;

/// An app and the address its administrator returns to, both registered.
struct Asked<'a> {
    app: &'a App,
    redirect_uri: Url,
    state: Option<&'a str>,
}

/// Shows what the administrator is asked to accept.
pub(super) async fn ask(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let form = Form::parse(&query.unwrap_or_default());
    match asked(&sandbox, &tenant, &form) {
        Ok(asked) => page::consent(&tenant, &form, asked.app.client_id, &asked.redirect_uri),
        Err(error) => page::refusal(&error),
    }
}

/// The administrator accepted or cancelled: back to the app.
pub(super) async fn answer(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    body: String,
) -> Response {
    let form = Form::parse(&body);
    let Asked {
        app,
        mut redirect_uri,
        state,
    } = match asked(&sandbox, &tenant, &form) {
        Ok(asked) => asked,
        Err(error) => return page::refusal(&error),
    };
    let mut values = if form.get("answer") == Some("accept") {
        sandbox.identity.policies.consent(app);
        vec![
            ("admin_consent", "True"),
            ("tenant", sandbox.options.tenant.as_str()),
        ]
    } else {
        vec![
            ("error", "access_denied"),
            (
                "error_description",
                "AADSTS65004: User declined to consent to access the app.",
            ),
        ]
    };
    values.extend(state.map(|state| ("state", state)));
    redirect_uri.query_pairs_mut().extend_pairs(values);
    let location = [(header::LOCATION, redirect_uri.to_string())];
    (StatusCode::SEE_OTHER, location).into_response()
}

fn asked<'a>(sandbox: &'a Sandbox, tenant: &str, form: &'a Form) -> Result<Asked<'a>, AadError> {
    Tenant::parse(tenant, sandbox)?;
    let client_id = form.require("client_id")?;
    let app = sandbox.identity.apps.get(client_id);
    let app = app.ok_or_else(|| AadError::unknown_app(client_id))?;
    Ok(Asked {
        app,
        redirect_uri: app.redirect_uri(form.require("redirect_uri")?)?,
        state: form.get("state"),
    })
}
