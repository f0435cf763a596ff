//! Which app asks, and how it proves who it is.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;

use super::assertion;
use crate::{
    Sandbox,
    identity::{
        App,
        apps::{Platform, Proof},
        error::AadError,
        form::Form,
    },
};

/// An app that asks for a token.
pub(super) struct Client<'a> {
    pub(super) app: &'a App,
    /// How it proved who it is.
    pub(super) proof: Proof,
}

impl<'a> Client<'a> {
    /// Reads `client_id` and the proof from the form, or from HTTP Basic; `segment` is the path's
    /// tenant.
    ///
    /// # Errors
    /// Unknown app, wrong or missing proof, or a request from the wrong kind of place
    /// (Microsoft Learn: reference-third-party-cookies-spas).
    pub(super) fn authenticate(
        sandbox: &'a Sandbox,
        segment: &str,
        headers: &HeaderMap,
        form: &Form,
    ) -> Result<Self, AadError> {
        let (basic_id, basic_secret) = basic(headers).unzip();
        let client_id = form.get("client_id").or(basic_id.as_deref());
        let client_id = client_id.ok_or_else(|| AadError::missing("client_id"))?;
        let app = sandbox.identity.apps.get(client_id);
        let app = app.ok_or_else(|| AadError::unknown_app(client_id))?;
        let secret = form.get("client_secret").or(basic_secret.as_deref());
        let has_assertion = form.get("client_assertion").is_some();
        let origin = headers.get(header::ORIGIN);
        let proof = match &app.platform {
            Platform::Spa if secret.is_some() || has_assertion => Err(AadError::new(
                "invalid_client",
                700_025,
                "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
            )),
            Platform::Spa if origin.is_none() => Err(AadError::new(
                "invalid_request",
                9_002_327,
                "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
            )),
            Platform::Spa if origin.is_some_and(|origin| app.serves(origin)) => Ok(Proof::None),
            Platform::Web { secret: expected } if origin.is_none() => {
                proven(sandbox, segment, app, expected, secret, form)
            }
            Platform::Spa | Platform::Web { .. } => Err(AadError::new(
                "invalid_request",
                9_002_326,
                "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
            )),
        }?;
        Ok(Self { app, proof })
    }

    /// Whether it proved who it is.
    pub(super) fn is_confidential(&self) -> bool {
        self.proof != Proof::None
    }
}

fn proven(
    sandbox: &Sandbox,
    segment: &str,
    app: &App,
    expected: &str,
    secret: Option<&str>,
    form: &Form,
) -> Result<Proof, AadError> {
    match (secret, form.get("client_assertion")) {
        // RFC 6749 §2.3: no more than one way at a time.
        (Some(_), Some(_)) => Err(AadError::new(
            "invalid_request",
            90_023,
            "The request holds both 'client_secret' and 'client_assertion'; send one of them.",
        )),
        (Some(secret), None) if secret.as_bytes().ct_eq(expected.as_bytes()).into() => {
            Ok(Proof::Secret)
        }
        (Some(_), None) => Err(AadError::new(
            "invalid_client",
            7_000_215,
            format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{}'.",
                app.client_id
            ),
        )),
        (None, Some(_)) => {
            assertion::prove(sandbox, segment, app, form).map(|()| Proof::Certificate)
        }
        (None, None) => Err(AadError::new(
            "invalid_client",
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        )),
    }
}

/// HTTP Basic with both halves form-encoded (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let decoded = STANDARD.decode(value.strip_prefix("Basic ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decode = |half: &str| percent_decode_str(half).decode_utf8_lossy().into_owned();
    Some((decode(id), decode(secret)))
}
