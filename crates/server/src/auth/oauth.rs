//! The token endpoint, as a confidential client: codes, refresh tokens and on-behalf-of.

use std::sync::Arc;

use serde::Deserialize;

use super::authority::Authority;
use super::secret::Secret;

/// Exchanges codes and tokens for our application. Sends no `Origin` header: Entra refuses a secret
/// that comes with one.
pub struct TokenEndpoint {
    authority: Arc<Authority>,
    http: reqwest::Client,
    client_id: String,
    client_secret: Secret,
}

/// What the token endpoint gave.
#[derive(Debug, Clone, Deserialize)]
pub struct Tokens {
    /// For one resource.
    pub access_token: Secret,
    /// With `offline_access`; replaces the one before.
    pub refresh_token: Option<Secret>,
    /// With `openid`.
    pub id_token: Option<Secret>,
    /// Life of the access token in seconds.
    pub expires_in: i64,
}

/// Why there are no tokens.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The sign-in service says no. React to `error` only; the numbers are for people.
    #[error("the sign-in service refused: {error} {codes:?}")]
    Refused {
        /// OAuth's error word, such as `invalid_grant`.
        error: String,
        /// Entra's numbers (AADSTS…).
        codes: Vec<i64>,
        /// The claims challenge to relay, as JSON text (Microsoft Learn: claims-challenge).
        claims: Option<String>,
    },
    /// It could not be asked, or its answer could not be read.
    #[error("the sign-in service cannot be asked: {0}")]
    Unavailable(String),
}

impl TokenError {
    /// Whether only the person can help, by signing in again (as MSAL decides it).
    #[must_use]
    pub fn needs_person(&self) -> bool {
        matches!(self, Self::Refused { error, .. } if matches!(error.as_str(),
            "interaction_required" | "consent_required" | "login_required" | "invalid_grant"))
    }
}

#[derive(Deserialize)]
struct ErrorBody {
    error: String,
    #[serde(default)]
    error_codes: Vec<i64>,
    claims: Option<String>,
}

impl TokenEndpoint {
    /// A client of `authority` with its id and secret.
    #[must_use]
    pub fn new(
        authority: Arc<Authority>,
        http: reqwest::Client,
        client_id: String,
        client_secret: Secret,
    ) -> Self {
        Self {
            authority,
            http,
            client_id,
            client_secret,
        }
    }

    /// Redeems an authorization code (RFC 6749 §4.1.3 with RFC 7636 §4.5).
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn redeem_code(
        &self,
        code: &str,
        verifier: &str,
        redirect_uri: &str,
        scope: &str,
    ) -> Result<Tokens, TokenError> {
        self.post(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", verifier),
            ("redirect_uri", redirect_uri),
            ("scope", scope),
        ])
        .await
    }

    /// Trades a refresh token for an access token of `scope`'s resource.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn refresh(&self, refresh_token: &str, scope: &str) -> Result<Tokens, TokenError> {
        self.post(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
            ("scope", scope),
        ])
        .await
    }

    /// Trades a person's access token for our API for one of another resource
    /// (Microsoft Learn: v2-oauth2-on-behalf-of-flow).
    ///
    /// # Errors
    /// See [`TokenError`].
    pub async fn on_behalf_of(&self, assertion: &str, scope: &str) -> Result<Tokens, TokenError> {
        self.post(&[
            ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            ("assertion", assertion),
            ("requested_token_use", "on_behalf_of"),
            ("scope", scope),
        ])
        .await
    }

    async fn post(&self, parameters: &[(&str, &str)]) -> Result<Tokens, TokenError> {
        let metadata = self
            .authority
            .metadata()
            .await
            .map_err(TokenError::Unavailable)?;
        let client = [
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.expose()),
        ];
        let form: Vec<_> = client.iter().chain(parameters).collect();
        let answer = self
            .http
            .post(metadata.token_endpoint.clone())
            .form(&form)
            .send()
            .await
            .map_err(unavailable)?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(unavailable)?;
        if status.is_success() {
            // The parser's message could quote a token, so it is not kept.
            return serde_json::from_slice(&body)
                .map_err(|_| TokenError::Unavailable("its answer holds no tokens".to_owned()));
        }
        match serde_json::from_slice::<ErrorBody>(&body) {
            Ok(body) if !status.is_server_error() && body.error != "temporarily_unavailable" => {
                Err(TokenError::Refused {
                    error: body.error,
                    codes: body.error_codes,
                    claims: body.claims,
                })
            }
            _ => Err(TokenError::Unavailable(format!(
                "it answered {}",
                status.as_u16()
            ))),
        }
    }
}

fn unavailable(error: reqwest::Error) -> TokenError {
    TokenError::Unavailable(error.without_url().to_string())
}
