//! How the server proves at the token endpoint that it is the app registration: by its secret, or by an assertion
//! signed with its certificate (Microsoft Learn: certificate-credentials; RFC 7523 §2.2).

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::config::{CannotSign, ClientCertificate, Credential, Entra};

/// Life of an assertion, in seconds; Microsoft asks for five to ten minutes.
const LIFE: i64 = 300;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The client's id and its proof, for one token endpoint.
#[derive(Debug, Clone)]
pub struct ClientCredential {
    client_id: String,
    credential: Credential,
    token_endpoint: String,
}

impl ClientCredential {
    /// Of an app registration.
    #[must_use]
    pub fn new(entra: &Entra) -> Self {
        Self {
            client_id: entra.client_id.clone(),
            credential: entra.credential.clone(),
            token_endpoint: entra.token_endpoint(),
        }
    }

    /// The parameters by which a token request says who asks. `id` is fresh randomness: an assertion counts once.
    ///
    /// # Errors
    /// [`CannotSign`].
    pub fn parameters(
        &self,
        now: Timestamp,
        id: Uuid,
    ) -> Result<Vec<(&'static str, Cow<'_, str>)>, CannotSign> {
        let client_id = ("client_id", Cow::from(&self.client_id));
        Ok(match &self.credential {
            Credential::Secret(secret) => {
                vec![client_id, ("client_secret", Cow::from(secret.expose()))]
            }
            Credential::Certificate(certificate) => vec![
                client_id,
                ("client_assertion_type", Cow::from(ASSERTION_TYPE)),
                (
                    "client_assertion",
                    Cow::from(self.assertion(certificate, now, id)?),
                ),
            ],
        })
    }

    /// PS256 and `x5t#S256`, as Microsoft recommends over RS256 and SHA-1.
    fn assertion(
        &self,
        certificate: &ClientCertificate,
        now: Timestamp,
        id: Uuid,
    ) -> Result<String, CannotSign> {
        let header = json!({"alg": "PS256", "typ": "JWT", "x5t#S256": certificate.thumbprint()});
        let now = now.as_second();
        let claims = json!({
            "aud": self.token_endpoint, "iss": self.client_id, "sub": self.client_id,
            "jti": id.to_string(), "iat": now, "nbf": now, "exp": now + LIFE,
        });
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(&claims));
        let signature = certificate.sign_ps256(signed.as_bytes())?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

#[cfg(test)]
mod tests;
