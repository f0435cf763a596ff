//! An app proves itself by a signed assertion (RFC 7523 §2.2 and §3; Microsoft Learn:
//! certificate-credentials).

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    Sandbox,
    identity::{
        App,
        certificates::{Certificate, SignedWith},
        error::AadError,
        form::Form,
        jwt::{Members, Parts},
    },
};

/// The only kind there is.
pub(super) const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// Longest life of an assertion, in seconds.
const LONGEST_S: i64 = 600;
/// Seconds two clocks may differ; an app that dates back for it may live as much longer.
const SKEW_S: i64 = 60;

/// Whether the assertion in the form proves that `app` sent it to this tenant's endpoint.
///
/// # Errors
/// `invalid_client` with what is wrong; a wrong form is `invalid_request`.
pub(super) fn prove(
    sandbox: &Sandbox,
    segment: &str,
    app: &App,
    form: &Form,
) -> Result<(), AadError> {
    let kind = form.require("client_assertion_type")?;
    if kind != JWT_BEARER {
        return Err(AadError::new(
            "invalid_request",
            90_023,
            format!("The client_assertion_type '{kind}' is not supported; it is '{JWT_BEARER}'."),
        ));
    }
    let parts = Parts::read(form.require("client_assertion")?).map_err(|_| {
        refused(
            50_027,
            "JWT token is invalid or malformed. Reason - the client assertion is no signed JWT.",
        )
    })?;
    let now = sandbox.clock.now();
    signed(sandbox, app, &parts, now)?;
    let ends = in_time(&parts.claims, now)?;
    addressed(sandbox, segment, app, &parts.claims)?;
    let jti = text(&parts.claims, "jti").filter(|jti| !jti.is_empty());
    let jti = jti.ok_or_else(|| refused(50_027, "The client assertion has no 'jti' claim."))?;
    let certificates = &sandbox.identity.certificates;
    let is_first = certificates.use_once(app.client_id, jti, ends + SKEW_S, now);
    if !is_first && sandbox.identity.policies.settings().single_use_assertions {
        return Err(refused(
            700_027,
            format!("The client assertion with jti '{jti}' was used before. Sign a new one."),
        ));
    }
    Ok(())
}

/// The certificate the header names is the app's, and its key made the signature.
fn signed(sandbox: &Sandbox, app: &App, parts: &Parts, now: Timestamp) -> Result<(), AadError> {
    let with = match text(&parts.header, "alg") {
        Some("PS256") => SignedWith::Ps256,
        Some("RS256") => SignedWith::Rs256,
        other => {
            return Err(refused(
                700_027,
                format!(
                    "Client assertion failed signature validation. [Reason - the algorithm '{}' is not supported; use PS256.]",
                    other.unwrap_or_default()
                ),
            ));
        }
    };
    let (sha1, sha256) = (parts.header.get("x5t"), parts.header.get("x5t#S256"));
    let fits = |certificate: &Certificate| {
        (sha1.is_some() || sha256.is_some())
            && sha1.is_none_or(|named| *named == *certificate.sha1)
            && sha256.is_none_or(|named| *named == *certificate.sha256)
    };
    let found = sandbox.identity.certificates.find(app.client_id, fits);
    let certificate = found.ok_or_else(|| {
        refused(
            700_027,
            format!(
                "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found. Application: '{}'.]",
                app.client_id
            ),
        )
    })?;
    if !certificate.holds(now) {
        return Err(refused(
            700_027,
            format!(
                "Client assertion failed signature validation. [Reason - The key was expired. Thumbprint: '{}'.]",
                certificate.sha256
            ),
        ));
    }
    if !certificate.verifies(with, parts.message.as_bytes(), &parts.signature) {
        return Err(refused(
            700_027,
            "Client assertion failed signature validation. [Reason - The provided signature value did not match the expected signature value.]",
        ));
    }
    Ok(())
}

/// Gives the second at which the assertion ends.
fn in_time(claims: &Members, now: Timestamp) -> Result<i64, AadError> {
    let second = |name: &str| {
        claims.get(name).and_then(Value::as_i64).ok_or_else(|| {
            refused(
                50_027,
                format!("The client assertion's '{name}' is not a number of seconds."),
            )
        })
    };
    let (from, ends) = (second("nbf")?, second("exp")?);
    let out_of_time = |reason: &str| {
        refused(
            700_024,
            format!("Client assertion is not within its valid time range. [Reason - {reason}]"),
        )
    };
    if ends < now.as_second() - SKEW_S {
        return Err(out_of_time("it has expired."));
    }
    if from > now.as_second() + SKEW_S {
        return Err(out_of_time("it is not valid yet."));
    }
    if ends.saturating_sub(from) > LONGEST_S + SKEW_S {
        return Err(out_of_time("it lives longer than ten minutes."));
    }
    Ok(ends)
}

/// From the app, to the token endpoint of this tenant.
fn addressed(
    sandbox: &Sandbox,
    segment: &str,
    app: &App,
    claims: &Members,
) -> Result<(), AadError> {
    if ["iss", "sub"]
        .iter()
        .any(|name| text(claims, name) != Some(app.client_id))
    {
        return Err(refused(
            700_021,
            "Client assertion application identifier doesn't match 'client_id' parameter.",
        ));
    }
    let audience = text(claims, "aud").unwrap_or_default();
    let endpoint = |tenant: &str| format!("{}/{tenant}/oauth2/v2.0/token", sandbox.origin);
    if audience != endpoint(&sandbox.options.tenant) && audience != endpoint(segment) {
        return Err(refused(
            700_023,
            format!(
                "Client assertion audience claim does not match Realm issuer. The audience is the token endpoint, '{}'.",
                endpoint(&sandbox.options.tenant)
            ),
        ));
    }
    Ok(())
}

fn refused(number: u32, message: impl Into<String>) -> AadError {
    AadError::new("invalid_client", number, message)
}

fn text<'a>(members: &'a Members, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Value::as_str)
}
