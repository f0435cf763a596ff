//! `grant_type=authorization_code` with PKCE (RFC 6749 §4.1, RFC 7636).

use serde_json::Value;

use super::{
    answer::{self, Granted},
    client::Client,
};
use crate::{
    Sandbox,
    identity::{error::AadError, form::Form, grants::Redeemed},
};

/// Redeems a code, once.
pub(super) fn redeem(
    sandbox: &Sandbox,
    client: &Client<'_>,
    form: &Form,
) -> Result<Value, AadError> {
    let handle = form.require("code")?;
    let redirect_uri = form.require("redirect_uri")?;
    let code = match sandbox.identity.grants.redeem(handle) {
        Redeemed::Fresh(code) => code,
        Redeemed::Used => {
            return Err(AadError::invalid_grant(
                54_005,
                "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
            ));
        }
        Redeemed::Unknown => {
            return Err(AadError::invalid_grant(
                9_002_313,
                "Invalid request. Request is malformed or invalid.",
            ));
        }
    };
    if code.grant.client_id != client.app.client_id {
        return Err(AadError::invalid_grant(
            70_000,
            "Provided grant is invalid or malformed. The code was issued to another app.",
        ));
    }
    if code.expires <= sandbox.clock.now() {
        return Err(AadError::invalid_grant(
            70_008,
            "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.",
        ));
    }
    if code.redirect_uri != redirect_uri {
        return Err(AadError::invalid_grant(
            50_011,
            format!(
                "The redirect URI '{redirect_uri}' specified in the request does not match the one the authorization code was issued for."
            ),
        ));
    }
    let verifier = form.get("code_verifier");
    let proves = match (&code.challenge, verifier) {
        (Some(challenge), Some(verifier)) => challenge.answers(verifier),
        (None, None) => true,
        _ => false,
    };
    if !proves {
        return Err(AadError::invalid_grant(
            501_481,
            "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
        ));
    }
    let person = sandbox
        .people
        .by_oid(code.grant.oid)
        .ok_or_else(account_gone)?;
    let scopes = answer::requested(sandbox, form.get("scope"), &code.grant.scopes)?;
    let granted = Granted {
        person: &person,
        scopes: &scopes,
        sign_in: &code.grant.sign_in,
        nonce: code.nonce.as_deref(),
        refresh_ends: None,
    };
    answer::for_user(sandbox, client, &granted)
}

/// The account is no longer in the directory.
pub(super) fn account_gone() -> AadError {
    AadError::invalid_grant(50_057, "The user account is disabled.")
}
