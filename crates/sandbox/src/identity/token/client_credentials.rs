//! `grant_type=client_credentials` (Microsoft Learn: v2-oauth2-client-creds-grant-flow).

use serde_json::Value;

use super::{answer, client::Client};
use crate::{
    Sandbox,
    identity::{claims::Subject, error::AadError, form::Form, grants::SignIn, resource::Scopes},
};

/// A token for the app itself, without `scp`, and without `roles` as none are assigned.
pub(super) fn grant(
    sandbox: &Sandbox,
    client: &Client<'_>,
    form: &Form,
) -> Result<Value, AadError> {
    if !client.is_confidential() {
        return Err(AadError::new(
            "unauthorized_client",
            700_030,
            "A public client cannot ask for a token of its own.",
        ));
    }
    let text = form.require("scope")?;
    let scopes = Scopes::parse(text, &sandbox.origin)?;
    if !scopes.default || scopes.resources.len() != 1 {
        return Err(AadError::new(
            "invalid_scope",
            70_011,
            format!(
                "The provided value for the input parameter 'scope' is not valid. The scope {text} is not valid: client credential flows must have one scope, suffixed with /.default."
            ),
        ));
    }
    let (resource, _) = answer::one_resource(&scopes)?;
    answer::access_token(sandbox, client, resource, Subject::App, &SignIn::default())
}
