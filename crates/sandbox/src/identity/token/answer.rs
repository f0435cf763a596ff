//! The answer to a token request.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::client::Client;
use crate::{
    Sandbox,
    identity::{
        claims::{self, ACCESS_TOKEN_S, Subject},
        error::AadError,
        grants::{Grant, Refresh, SignIn},
        issued::Kind,
        jwt,
        resource::{Resource, Scopes},
    },
    people::Person,
};

/// A single-page application's refresh token ends after a day, and so do its successors.
const SPA_REFRESH_H: i64 = 24;
const REFRESH_H: i64 = 90 * 24;

/// What a user's request came to.
pub(super) struct Granted<'a> {
    pub(super) person: &'a Person,
    pub(super) scopes: &'a Scopes,
    pub(super) sign_in: &'a SignIn,
    /// For the id_token.
    pub(super) nonce: Option<&'a str>,
    /// When a new refresh token ends, unless with a life of its own.
    pub(super) refresh_ends: Option<Timestamp>,
}

/// Signs an access token and wraps it.
pub(super) fn access_token(
    sandbox: &Sandbox,
    client: &Client<'_>,
    resource: Resource,
    subject: Subject<'_>,
    sign_in: &SignIn,
) -> Result<Value, AadError> {
    let mut claims = claims::access(
        sandbox,
        resource,
        (client.app, client.proof),
        subject,
        sandbox.clock.now(),
    );
    claims::add_requested(&mut claims, &sign_in.claims);
    if let Some(uti) = claims.get("uti").and_then(Value::as_str) {
        sandbox.identity.grants.note_token(uti, sign_in);
    }
    let key = sandbox.identity.keys.signing()?;
    let header = jwt::header(&key, resource != Resource::Eloops);
    let token = jwt::sign(&key, &header, &claims)?;
    let token = sandbox.identity.issued.note(Kind::Access, token);
    Ok(json!({
        "token_type": "Bearer",
        "expires_in": ACCESS_TOKEN_S,
        "ext_expires_in": ACCESS_TOKEN_S,
        "access_token": token,
    }))
}

/// What a user's grant gives: access token, and what `openid` and `offline_access` add.
pub(super) fn for_user(
    sandbox: &Sandbox,
    client: &Client<'_>,
    granted: &Granted<'_>,
) -> Result<Value, AadError> {
    let Granted {
        person,
        scopes,
        sign_in,
        ..
    } = *granted;
    if !sandbox.identity.policies.knows(client.app) {
        return Err(AadError::no_consent(client.app.client_id));
    }
    let (resource, permissions) = one_resource(scopes)?;
    let mut answer = access_token(
        sandbox,
        client,
        resource,
        Subject::User(person, &permissions),
        sign_in,
    )?;
    let identifier = resource.identifier(&sandbox.origin);
    let mut permitted: Vec<String> = permissions
        .iter()
        .map(|p| format!("{identifier}/{p}"))
        .collect();
    // Clients look their cached tokens up by what they asked for.
    if scopes.default {
        permitted.push(format!("{identifier}/.default"));
    }
    answer["scope"] = json!(permitted.join(" "));
    answer["client_info"] = json!(claims::client_info(sandbox, person));
    let now = sandbox.clock.now();
    if scopes.openid {
        let key = sandbox.identity.keys.signing()?;
        let (nonce, session) = (granted.nonce, sign_in.session);
        let claims = claims::id(sandbox, client.app, person, nonce, session, now);
        let token = jwt::sign(&key, &jwt::header(&key, false), &claims)?;
        answer["id_token"] = json!(sandbox.identity.issued.note(Kind::Id, token));
    }
    if scopes.offline {
        let hours = if client.is_confidential() {
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
            sign_in: sign_in.clone(),
        };
        let refresh = Refresh {
            grant,
            expires: granted.refresh_ends.unwrap_or(ends),
        };
        let token = sandbox.identity.grants.issue_refresh(refresh);
        answer["refresh_token"] = json!(sandbox.identity.issued.note(Kind::Refresh, token));
    }
    Ok(answer)
}

/// Whether the policies let the app have this without asking the person.
///
/// # Errors
/// As [`one_resource`], and when consent or claims are missing.
pub(super) fn permit(
    sandbox: &Sandbox,
    client: &Client<'_>,
    scopes: &Scopes,
    sign_in: &SignIn,
) -> Result<(), AadError> {
    let (resource, _) = one_resource(scopes)?;
    let policies = &sandbox.identity.policies;
    policies.permit(client.app, resource, sign_in, &sandbox.origin)
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
