//! The rules by which a token of Microsoft's sign-in is believed.
//!
//! Everything here is a function of its arguments: the token's text, the keys, the policy and the
//! present time. Only the signature itself is left to `jsonwebtoken`; every claim is checked by
//! the rules below, in this order, and each refusal says which rule it was.

mod claims;
mod header;
mod json;
mod refusal;

pub use claims::{Actor, Verified};
pub use header::peek_kid;
pub use refusal::Refusal;

use jsonwebtoken::{Algorithm, DecodingKey};

use self::claims::Claims;
use self::header::Header;

/// Longer bearers are refused unread. Entra's own stay below 200 groups, which is about 8 KiB.
pub const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// Tolerated difference between Entra's clock and ours, in seconds.
pub const SKEW_SECONDS: f64 = 60.0;

/// A signing key as the keys endpoint published it, with the issuer it may sign for.
#[derive(Clone)]
pub struct SigningKey {
    /// The key's id.
    pub kid: String,
    /// The issuer it serves; holds `{tenantid}` when it serves every tenant.
    pub issuer: String,
    /// The public key.
    pub key: DecodingKey,
}

/// What a token must say to be meant for us.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Accepted values of `aud`.
    pub audiences: Vec<String>,
    /// Accepted values of `tid`; a tenant that is not listed is refused.
    pub tenants: Vec<String>,
    /// Accepted values of `azp`; `None` accepts every client application of the tenant.
    pub clients: Option<Vec<String>>,
    /// The application that signs people in: the audience of id tokens.
    pub sign_in_client: String,
}

/// Checks an access token. `now` is in seconds since the epoch.
///
/// Whether it grants anything is not decided here: see [`Verified::check_grant`].
///
/// # Errors
/// The first rule that it breaks.
pub fn verify_access_token(
    token: &str,
    key: &SigningKey,
    policy: &Policy,
    now: f64,
) -> Result<Verified, Refusal> {
    let claims = verified_claims(token, key, now)?;
    claims.check_tenant(&policy.tenants)?;
    claims.check_audience(&policy.audiences)?;
    let verified = claims.into_verified()?;
    if verified.may_be_id_token() {
        return Err(Refusal::IdToken);
    }
    if let Some(clients) = &policy.clients {
        let azp = verified.client.as_deref().unwrap_or_default();
        if !clients.iter().any(|client| client == azp) {
            return Err(Refusal::Client);
        }
    }
    Ok(verified)
}

/// Checks an id token received from the token endpoint (OpenID Connect Core §3.1.3.7).
///
/// # Errors
/// The first rule that it breaks, the nonce among them.
pub fn verify_id_token(
    token: &str,
    key: &SigningKey,
    policy: &Policy,
    nonce: &str,
    now: f64,
) -> Result<Verified, Refusal> {
    let claims = id_token_claims(token, key, policy, now)?;
    claims.check_nonce(nonce)?;
    claims.into_verified()
}

/// Checks an id token that came with a refreshed access token (OpenID Connect Core §12.2): nobody sent a nonce for
/// it. Whether it is the same person's is for the caller to compare.
///
/// # Errors
/// The first rule that it breaks.
pub fn verify_refreshed_id_token(
    token: &str,
    key: &SigningKey,
    policy: &Policy,
    now: f64,
) -> Result<Verified, Refusal> {
    id_token_claims(token, key, policy, now)?.into_verified()
}

/// What holds for an id token wherever it came from: one of our tenants, and meant for our sign-in.
fn id_token_claims(
    token: &str,
    key: &SigningKey,
    policy: &Policy,
    now: f64,
) -> Result<Claims, Refusal> {
    let claims = verified_claims(token, key, now)?;
    claims.check_tenant(&policy.tenants)?;
    claims.check_audience(std::slice::from_ref(&policy.sign_in_client))?;
    Ok(claims)
}

/// Form, signature, version, issuer and times: what both kinds of token share.
fn verified_claims(token: &str, key: &SigningKey, now: f64) -> Result<Claims, Refusal> {
    let (signed, signature) = split(token)?;
    let header = Header::read(token)?;
    if header.kid != key.kid {
        return Err(Refusal::UnknownKey);
    }
    let genuine =
        jsonwebtoken::crypto::verify(signature, signed.as_bytes(), &key.key, Algorithm::RS256)
            .map_err(|_| Refusal::Signature)?;
    if !genuine {
        return Err(Refusal::Signature);
    }
    let claims = Claims::read(signed)?;
    claims.check_version()?;
    claims.check_issuer(&key.issuer)?;
    claims.check_times(now)?;
    claims.check_unbound()?;
    Ok(claims)
}

/// The signed part and the signature of a compact JWS (RFC 7515 §7.1).
fn split(token: &str) -> Result<(&str, &str), Refusal> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(Refusal::TooLong);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
    if signed.matches('.').count() != 1 || signature.is_empty() {
        return Err(Refusal::Malformed);
    }
    Ok((signed, signature))
}
