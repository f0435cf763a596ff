//! Which app asks, and whether it proves it.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use subtle::ConstantTimeEq;

use crate::identity::{App, Apps, apps::Platform, error::AadError, form::Form};

/// An app that asks for a token.
pub(super) struct Client<'a> {
    pub(super) app: &'a App,
    /// It proved who it is.
    pub(super) is_confidential: bool,
}

impl<'a> Client<'a> {
    /// Reads `client_id` and the secret from the form or from HTTP Basic.
    ///
    /// # Errors
    /// Unknown app, wrong or missing proof, or a request from the wrong kind of place
    /// (Microsoft Learn: reference-third-party-cookies-spas).
    pub(super) fn authenticate(
        apps: &'a Apps,
        headers: &HeaderMap,
        form: &Form,
    ) -> Result<Self, AadError> {
        let basic = basic(headers);
        let (basic_id, basic_secret) = basic.unzip();
        let client_id = form.get("client_id").or(basic_id.as_deref());
        let client_id = client_id.ok_or_else(|| AadError::missing("client_id"))?;
        let app = apps
            .get(client_id)
            .ok_or_else(|| AadError::unknown_app(client_id))?;
        let secret = form
            .get("client_secret")
            .map(str::to_owned)
            .or(basic_secret);
        let from_browser = headers.contains_key(header::ORIGIN);
        match &app.platform {
            Platform::Spa if secret.is_some() || form.get("client_assertion").is_some() => {
                Err(AadError::new(
                    "invalid_client",
                    700_025,
                    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
                ))
            }
            Platform::Spa if !from_browser => Err(AadError::new(
                "invalid_request",
                9_002_327,
                "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
            )),
            Platform::Spa => Ok(Self {
                app,
                is_confidential: false,
            }),
            Platform::Web { .. } if from_browser => Err(AadError::new(
                "invalid_request",
                9_002_326,
                "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type.",
            )),
            Platform::Web { secret: expected } => {
                proven(app, expected, secret.as_deref(), form)?;
                Ok(Self {
                    app,
                    is_confidential: true,
                })
            }
        }
    }
}

fn proven(app: &App, expected: &str, secret: Option<&str>, form: &Form) -> Result<(), AadError> {
    match secret {
        Some(secret) if secret.as_bytes().ct_eq(expected.as_bytes()).into() => Ok(()),
        Some(_) => Err(AadError::new(
            "invalid_client",
            7_000_215,
            format!(
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{}'.",
                app.client_id
            ),
        )),
        None if form.get("client_assertion").is_some() => Err(AadError::new(
            "invalid_client",
            700_027,
            format!(
                "The certificate used to sign the client assertion is not registered on app '{}'.",
                app.client_id
            ),
        )),
        None => Err(AadError::new(
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
