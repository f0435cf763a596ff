//! The on-behalf-of flow (Microsoft Learn: v2-oauth2-on-behalf-of-flow).

use serde_json::Value;

use super::{
    answer::{self, Granted},
    client::Client,
    code::account_gone,
};
use crate::{
    Sandbox,
    identity::{
        SERVER_APP,
        error::AadError,
        form::Form,
        jwt::{self, Invalid, Members},
        resource::{self, Scopes},
    },
};

/// Exchanges a user's token for this app against one for another API.
pub(super) fn exchange(
    sandbox: &Sandbox,
    client: &Client<'_>,
    form: &Form,
) -> Result<Value, AadError> {
    let assertion = form.require("assertion")?;
    let scope = form.require("scope")?;
    if form.require("requested_token_use")? != "on_behalf_of" {
        return Err(AadError::new(
            "invalid_request",
            90_014,
            "The required field 'requested_token_use' must be 'on_behalf_of'.",
        ));
    }
    let claims =
        jwt::verify(assertion, &sandbox.identity.keys, sandbox.clock.now()).map_err(refused)?;
    delegated(client, &claims)?;
    let oid = text(&claims, "oid").and_then(|oid| oid.parse().ok());
    let person = oid
        .and_then(|oid| sandbox.people.by_oid(oid))
        .ok_or_else(account_gone)?;
    let scopes = Scopes::parse(scope, &sandbox.origin)?;
    // The assertion brings along how its person signed in.
    let sign_in = text(&claims, "uti")
        .map(|uti| sandbox.identity.grants.sign_in_of(uti))
        .unwrap_or_default();
    answer::permit(sandbox, client, &scopes, &sign_in)?;
    let granted = Granted {
        person: &person,
        scopes: &scopes,
        sign_in: &sign_in,
        nonce: None,
        refresh_ends: None,
    };
    answer::for_user(sandbox, client, &granted)
}

fn refused(invalid: Invalid) -> AadError {
    match invalid {
        Invalid::Expired => AadError::invalid_grant(
            500_133,
            "Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.",
        ),
        Invalid::Malformed | Invalid::Signature | Invalid::TooEarly => AadError::invalid_grant(
            50_013,
            format!("Assertion failed signature validation. [Reason - {invalid}.]"),
        ),
    }
}

/// The token is a user's, made for the app that presents it.
fn delegated(client: &Client<'_>, claims: &Members) -> Result<(), AadError> {
    let audience = text(claims, "aud").unwrap_or_default();
    if audience == client.app.client_id
        && !claims.contains_key("scp")
        && text(claims, "idtyp").is_none()
    {
        return Err(AadError::invalid_grant(
            240_002,
            "Input id_token cannot be used as 'urn:ietf:params:oauth:grant-type:jwt-bearer' grant.",
        ));
    }
    let own =
        client.app.client_id == SERVER_APP && [resource::ELOOPS, SERVER_APP].contains(&audience);
    if !own {
        return Err(AadError::invalid_grant(
            500_131,
            "Assertion audience does not match the Client app presenting the assertion. The audience in the assertion was for another app.",
        ));
    }
    if text(claims, "idtyp") == Some("app") || text(claims, "scp").is_none_or(str::is_empty) {
        return Err(AadError::invalid_grant(
            7_000_114,
            format!(
                "Application '{}' is not allowed to make application on-behalf-of calls.",
                client.app.client_id
            ),
        ));
    }
    Ok(())
}

fn text<'a>(claims: &'a Members, name: &str) -> Option<&'a str> {
    claims.get(name).and_then(Value::as_str)
}
