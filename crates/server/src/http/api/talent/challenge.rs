//! The claims challenge: Microsoft's sign-in asks one more step of the person before it gives a token for Talent.

use axum::http::{HeaderValue, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::http::Space;
use crate::http::plumbing::problem::ApiError;

/// What is longer could not be given back at the sign-in, whose address holds it.
const LONGEST: usize = 1536;

/// 401 as Microsoft Learn (claims-challenge) has it, with the claims in the problem too, as scripts of other origins
/// do not read headers. None when what was given is no claims request, a JSON object of moderate size.
pub(super) fn relayed(space: &Space, claims: String) -> Option<ApiError> {
    let is_object = serde_json::from_str::<Map<String, Value>>(&claims).is_ok();
    if !is_object || claims.len() > LONGEST {
        tracing::warn!(bytes = claims.len(), "a claims challenge cannot be relayed");
        return None;
    }
    let value = format!(
        "Bearer realm=\"\", authorization_uri=\"{}\", error=\"insufficient_claims\", claims=\"{}\"",
        space.config.entra.authorization_endpoint(),
        STANDARD.encode(&claims)
    );
    let value = HeaderValue::from_str(&value).ok()?;
    let error = ApiError::new(
        StatusCode::UNAUTHORIZED,
        "insufficient_claims",
        "Microsoft's sign-in asks for one more step; sign in again with the claims given.",
    );
    Some(ApiError {
        claims: Some(claims),
        ..error.with_header(header::WWW_AUTHENTICATE, value)
    })
}
