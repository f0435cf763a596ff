//! The published keys (RFC 7517), each with the `issuer` it serves.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::{discovery::open_to_all, tenant::Tenant};
use crate::Sandbox;

/// `GET /{tenant}/discovery/v2.0/keys`.
pub(super) async fn v2(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
) -> Response {
    published(&sandbox, &tenant, true)
}

/// `GET /{tenant}/discovery/keys`: without issuers.
pub(super) async fn v1(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
) -> Response {
    published(&sandbox, &tenant, false)
}

fn published(sandbox: &Sandbox, segment: &str, with_issuer: bool) -> Response {
    let tenant = match Tenant::parse(segment, sandbox) {
        Ok(tenant) => tenant,
        Err(error) => return error.answer(sandbox.clock.now(), None),
    };
    let of = if tenant == Tenant::Own {
        &sandbox.options.tenant
    } else {
        "{tenantid}"
    };
    let issuer = format!("{}/{of}/v2.0", sandbox.origin);
    let keys: Vec<Value> = sandbox
        .identity
        .keys
        .all()
        .iter()
        .map(|key| {
            let mut jwk = json!({
                "kty": "RSA",
                "use": "sig",
                "kid": key.id,
                "x5t": key.id,
                "n": URL_SAFE_NO_PAD.encode(&key.modulus),
                "e": URL_SAFE_NO_PAD.encode(&key.exponent),
            });
            if with_issuer {
                jwk["issuer"] = json!(issuer);
            }
            jwk
        })
        .collect();
    open_to_all(Json(json!({ "keys": keys })))
}
