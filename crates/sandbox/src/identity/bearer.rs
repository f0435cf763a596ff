//! Talent's gate: who sends a request to `/data`.

use std::{collections::HashSet, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::jwt::{self, Members};
use crate::{
    Sandbox,
    odata::{Caller, Sees},
    people::ADMIN_ROLE,
};

/// Lets a request through with its [`Caller`], or answers 401.
pub(crate) async fn require(
    State(sandbox): State<Arc<Sandbox>>,
    mut request: Request,
    next: Next,
) -> Response {
    match caller(&sandbox, request.headers()) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(reason) => unauthorized(&sandbox, reason),
    }
}

fn unauthorized(sandbox: &Sandbox, reason: &str) -> Response {
    let challenge = format!(
        "Bearer authorization_uri=\"{}/{}/oauth2/authorize\", error=\"invalid_token\", error_description=\"{reason}\"",
        sandbox.origin, sandbox.options.tenant
    );
    // Layers outside OData answer with a bare Message.
    let body = axum::Json(serde_json::json!({
        "Message": format!("Authorization has been denied for this request: {reason}.")
    }));
    (
        StatusCode::UNAUTHORIZED,
        [(header::WWW_AUTHENTICATE, challenge)],
        body,
    )
        .into_response()
}

fn caller(sandbox: &Sandbox, headers: &HeaderMap) -> Result<Caller, &'static str> {
    let value = headers
        .get(header::AUTHORIZATION)
        .ok_or("no bearer token was sent")?;
    let token = value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or("the Authorization header holds no bearer token")?;
    let claims =
        jwt::verify(token, &sandbox.identity.keys, sandbox.clock.now()).map_err(|e| match e {
            jwt::Invalid::Malformed => "the token is malformed",
            jwt::Invalid::Signature => "the signature does not match a published key",
            jwt::Invalid::Expired => "the token has expired",
            jwt::Invalid::TooEarly => "the token is not valid yet",
        })?;
    if text(&claims, "aud").map(|aud| aud.trim_end_matches('/')) != Some(&sandbox.origin) {
        return Err("the token's audience is not this environment");
    }
    if text(&claims, "tid") != Some(&sandbox.options.tenant) {
        return Err("the token is from another tenant");
    }
    match text(&claims, "scp") {
        Some(scopes) if !scopes.is_empty() => user(sandbox, &claims),
        _ => app(sandbox, &claims),
    }
}

/// An app must stand on Talent's page of Entra applications.
fn app(sandbox: &Sandbox, claims: &Members) -> Result<Caller, &'static str> {
    let client_id = text(claims, "appid")
        .or_else(|| text(claims, "azp"))
        .unwrap_or_default();
    let app = sandbox
        .identity
        .apps
        .get(client_id)
        .filter(|app| app.registered_in_talent);
    let app = app.ok_or("the app is not on the Microsoft Entra ID applications page")?;
    Ok(Caller {
        app: true,
        oid: app.oid.to_string(),
        personnel_number: None,
        sees: Sees::Everything,
    })
}

/// A user sees the own record and those of the line below; administrators see all.
fn user(sandbox: &Sandbox, claims: &Members) -> Result<Caller, &'static str> {
    let oid = text(claims, "oid").ok_or("the token names no user")?;
    let person = oid.parse().ok().and_then(|oid| sandbox.people.by_oid(oid));
    let person = person.ok_or("the user is not a user of this environment")?;
    let holds_role = claims
        .get("roles")
        .and_then(Value::as_array)
        .is_some_and(|roles| roles.iter().any(|role| role == ADMIN_ROLE));
    let sees = if holds_role || person.roles.contains(&ADMIN_ROLE) {
        Sees::Everything
    } else {
        let line: HashSet<String> = person
            .number
            .as_deref()
            .map(|number| sandbox.people.line_of(number))
            .unwrap_or_default();
        Sees::Workers(Arc::new(line))
    };
    Ok(Caller {
        app: false,
        oid: oid.to_owned(),
        personnel_number: person.number,
        sees,
    })
}

fn text<'a>(claims: &'a Members, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}
