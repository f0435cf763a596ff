//! `POST /sandbox/certificates`.

use std::sync::Arc;

use axum::{Json, body::Bytes, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{Refused, read};
use crate::{
    Sandbox,
    identity::{SERVER_APP, certificates::Certificate},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    /// Client id of a confidential app.
    app: String,
    /// The certificate, without its key.
    pem: String,
}

/// Registers a certificate beside the app's others, until the next reset; gives its thumbprints.
pub(super) async fn register(
    State(sandbox): State<Arc<Sandbox>>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let example = json!({ "app": SERVER_APP,
        "pem": "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n" });
    let body: Body = read(&body, example.clone())?;
    let app = sandbox.identity.apps.get(&body.app);
    let app = app.filter(|app| app.is_confidential()).ok_or_else(|| {
        let error = format!("no confidential app is called '{}'", body.app);
        Refused::new(error, example.clone())
    })?;
    let certificate = Certificate::read(&body.pem)
        .map_err(|error| Refused::new(format!("pem: {error}"), example))?;
    let answer = json!({ "app": app.client_id, "x5t": certificate.sha1,
        "x5t#S256": certificate.sha256 });
    let certificates = &sandbox.identity.certificates;
    certificates.add(app.client_id, certificate, false);
    Ok(Json(answer))
}
