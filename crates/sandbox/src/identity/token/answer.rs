//! The answer to a token request.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::client::Client;
use crate::{
    Sandbox,
    identity::{
        claims::{self, ACCESS_TOKEN_S, Subject},
        error::AadError,
        grants::{Grant, Refresh},
        jwt,
        resource::{Resource, Scopes},
    },
    people::Person,
};

/// A single-page application's refresh token ends after a day, and so do its successors.
const SPA_REFRESH_H: i64 = 24;
const REFRESH_H: i64 = 90 * 24;

/// Signs an access token and wraps it; `granted` is the scope text of the answer.
pub(super) fn access_token(
    sandbox: &Sandbox,
    client: &Client<'_>,
    resource: Resource,
    subject: Subject<'_>,
) -> Result<Value, AadError> {
    let claims = claims::access(sandbox, resource, client.app, subject, sandbox.clock.now());
    let key = sandbox.identity.keys.signing()?;
    let header = jwt::header(&key, resource != Resource::Eloops);
    Ok(json!({
        "token_type": "Bearer",
        "expires_in": ACCESS_TOKEN_S,
        "ext_expires_in": ACCESS_TOKEN_S,
        "access_token": jwt::sign(&key, &header, &claims)?,
    }))
}

/// What a user's grant gives: access token, and what `openid` and `offline_access` add.
pub(super) fn for_user(
    sandbox: &Sandbox,
    client: &Client<'_>,
    person: &Person,
    scopes: &Scopes,
    nonce: Option<&str>,
    refresh_ends: Option<Timestamp>,
) -> Result<Value, AadError> {
    if !client.app.consented {
        return Err(AadError::no_consent(client.app.client_id));
    }
    let (resource, permissions) = one_resource(scopes)?;
    let mut answer = access_token(
        sandbox,
        client,
        resource,
        Subject::User(person, &permissions),
    )?;
    let identifier = resource.identifier(&sandbox.origin);
    let granted: Vec<String> = permissions
        .iter()
        .map(|p| format!("{identifier}/{p}"))
        .collect();
    answer["scope"] = json!(granted.join(" "));
    answer["client_info"] = json!(claims::client_info(sandbox, person));
    let now = sandbox.clock.now();
    if scopes.openid {
        let key = sandbox.identity.keys.signing()?;
        let claims = claims::id(sandbox, client.app, person, nonce, now);
        answer["id_token"] = json!(jwt::sign(&key, &jwt::header(&key, false), &claims)?);
    }
    if scopes.offline {
        let hours = if client.is_confidential {
            REFRESH_H
        } else {
            SPA_REFRESH_H
        };
        let ends = now
            .saturating_add(SignedDuration::from_hours(hours))
            .unwrap_or(Timestamp::MAX);
        let grant = Grant {
            client_id: client.app.client_id,
            oid: person.oid,
            scopes: scopes.clone(),
        };
        let refresh = Refresh {
            grant,
            expires: refresh_ends.unwrap_or(ends),
        };
        answer["refresh_token"] = json!(sandbox.identity.grants.issue_refresh(refresh));
    }
    Ok(answer)
}

/// A token is for one API; without any it is for Graph.
///
/// # Errors
/// Several APIs at once.
pub(super) fn one_resource(scopes: &Scopes) -> Result<(Resource, Vec<&'static str>), AadError> {
    match scopes.resources.as_slice() {
        [] => Ok((Resource::Graph, Resource::Graph.permissions().to_vec())),
        [one] => Ok(one.clone()),
        _ => Err(AadError::new(
            "invalid_scope",
            70_011,
            "The provided request must include a 'scope' input parameter for one resource. A token is issued for one resource at a time.",
        )),
    }
}

/// The scopes of this request: those it names, else the first API of the grant.
pub(super) fn requested(
    sandbox: &Sandbox,
    scope: Option<&str>,
    granted: &Scopes,
) -> Result<Scopes, AadError> {
    let mut scopes = match scope {
        Some(text) => Scopes::parse(text, &sandbox.origin)?,
        None => Scopes::default(),
    };
    if scopes.resources.is_empty() {
        scopes.resources = granted.resources.first().cloned().into_iter().collect();
    }
    scopes.openid |= granted.openid;
    scopes.offline |= granted.offline;
    Ok(scopes)
}
