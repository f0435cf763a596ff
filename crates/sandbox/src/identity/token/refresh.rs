//! `grant_type=refresh_token` (RFC 6749 §6).

use serde_json::Value;

use super::{
    answer::{self, Granted},
    client::Client,
    code::account_gone,
};
use crate::{
    Sandbox,
    identity::{error::AadError, form::Form},
};

/// A new access token, also for another API than the first one; and a new refresh token.
pub(super) fn refresh(
    sandbox: &Sandbox,
    client: &Client<'_>,
    form: &Form,
) -> Result<Value, AadError> {
    let handle = form.require("refresh_token")?;
    let found = sandbox.identity.grants.refresh(handle);
    let refresh = found.filter(|refresh| refresh.grant.client_id == client.app.client_id);
    let refresh = refresh.ok_or_else(|| {
        AadError::invalid_grant(
            9_002_313,
            "Invalid request. Request is malformed or invalid.",
        )
    })?;
    if refresh.expires <= sandbox.clock.now() {
        return Err(if client.is_confidential() {
            AadError::invalid_grant(700_082, "The refresh token has expired due to inactivity.")
        } else {
            AadError::invalid_grant(
                700_084,
                "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which can't be extended. It's now expired and a new sign in request must be sent by the SPA to the sign in page.",
            )
        });
    }
    let person = sandbox
        .people
        .by_oid(refresh.grant.oid)
        .ok_or_else(account_gone)?;
    let mut scopes = answer::requested(sandbox, form.get("scope"), &refresh.grant.scopes)?;
    scopes.offline = true;
    let keep = (!client.is_confidential()).then_some(refresh.expires);
    let sign_in = &refresh.grant.sign_in;
    answer::permit(sandbox, client, &scopes, sign_in)?;
    let granted = Granted {
        person: &person,
        scopes: &scopes,
        sign_in,
        nonce: None,
        refresh_ends: keep,
    };
    answer::for_user(sandbox, client, &granted)
}
