//! Discovery documents (OpenID Connect Discovery 1.0) and instance discovery.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
};
use serde_json::json;

use super::{error::AadError, form::Form, tenant::Tenant};
use crate::Sandbox;

/// `GET /{tenant}/v2.0/.well-known/openid-configuration`.
pub(super) async fn v2(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
) -> Response {
    document(&sandbox, &tenant, "/v2.0")
}

/// `GET /{tenant}/.well-known/openid-configuration`, for tokens with `ver` 1.0.
pub(super) async fn v1(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
) -> Response {
    document(&sandbox, &tenant, "/")
}

fn document(sandbox: &Sandbox, segment: &str, version: &str) -> Response {
    let tenant = match Tenant::parse(segment, sandbox) {
        Ok(tenant) => tenant,
        Err(error) => return error.answer(sandbox.clock.now(), None),
    };
    let origin = &sandbox.origin;
    // `common` answers with the template; readers put the token's `tid` in its place.
    let issuer = match tenant {
        Tenant::Own => format!("{origin}/{}{version}", sandbox.options.tenant),
        Tenant::Any => format!("{origin}/{{tenantid}}{version}"),
    };
    let keys = if version == "/v2.0" {
        "discovery/v2.0/keys"
    } else {
        "discovery/keys"
    };
    let endpoint = |name: &str| format!("{origin}/{segment}/oauth2/v2.0/{name}");
    let body = json!({
        "token_endpoint": endpoint("token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt",
            "client_secret_basic"],
        "jwks_uri": format!("{origin}/{segment}/{keys}"),
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": issuer,
        "request_uri_parameter_supported": false,
        "authorization_endpoint": endpoint("authorize"),
        "http_logout_supported": true,
        "frontchannel_logout_supported": true,
        "end_session_endpoint": endpoint("logout"),
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username",
            "name", "tid", "ver", "oid", "roles"],
        "tenant_region_scope": null,
        "cloud_instance_name": "sandbox",
    });
    open_to_all(Json(body))
}

/// `GET /common/discovery/instance`: MSAL asks it whether it may trust the authority whose
/// address it gives as `authorization_endpoint`.
pub(super) async fn instance(
    State(sandbox): State<Arc<Sandbox>>,
    Path(tenant): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    if let Err(error) = Tenant::parse(&tenant, &sandbox) {
        return error.answer(sandbox.clock.now(), None);
    }
    let origin = &sandbox.origin;
    let form = Form::parse(&query.unwrap_or_default());
    let is_ours = |endpoint: &str| {
        let rest = endpoint.strip_prefix(origin.as_str());
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    if !form.get("authorization_endpoint").is_none_or(is_ours) {
        let error = AadError::new("invalid_instance", 50_049, "Unknown or invalid instance.");
        return error.answer(sandbox.clock.now(), None);
    }
    let host = origin
        .split_once("://")
        .map_or(origin.as_str(), |(_, host)| host);
    open_to_all(Json(json!({
        "tenant_discovery_endpoint":
            format!("{origin}/{tenant}/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{ "preferred_network": host, "preferred_cache": host, "aliases": [host] }],
    })))
}

/// Public documents: scripts of any origin may read them.
pub(super) fn open_to_all(body: impl IntoResponse) -> Response {
    ([("access-control-allow-origin", "*")], body).into_response()
}
