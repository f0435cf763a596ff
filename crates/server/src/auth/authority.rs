//! The sign-in service's published documents: discovery and keys.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use async_trait::async_trait;
use serde::Deserialize;
use url::Url;

use super::key_document::KeyDocument;
use super::keys::KeySource;
use super::token::SigningKey;

/// Documents larger than this are not read.
const MAX_DOCUMENT_BYTES: usize = 1024 * 1024;
/// People wait for an unknown key, so a slow service is given up early and asked again later.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What the discovery document says (OpenID Connect Discovery §3), as far as we use it.
#[derive(Debug, Clone, Deserialize)]
pub struct Metadata {
    /// Issuer of the tenant's tokens; may hold `{tenantid}`.
    pub issuer: String,
    /// Where people are sent to sign in.
    pub authorization_endpoint: Url,
    /// Where codes and tokens are exchanged.
    pub token_endpoint: Url,
    /// Where the keys are.
    pub jwks_uri: Url,
    /// Where people are sent to sign out there, too (OpenID Connect RP-Initiated Logout §2.1).
    pub end_session_endpoint: Option<Url>,
    /// Whether every answer to an authorization request names its issuer (RFC 9207 §3).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

/// One tenant at one authority, such as `https://login.microsoftonline.com`.
pub struct Authority {
    root: Url,
    tenant: String,
    http: reqwest::Client,
    metadata: RwLock<Option<Arc<Metadata>>>,
}

impl Metadata {
    /// The issuer of one tenant.
    #[must_use]
    pub fn issuer_of(&self, tenant: &str) -> String {
        self.issuer.replace("{tenantid}", tenant)
    }
}

impl Authority {
    /// An authority root and a tenant id; nothing is read yet.
    pub fn new(root: Url, tenant: String, http: reqwest::Client) -> Self {
        Self {
            root,
            tenant,
            http,
            metadata: RwLock::default(),
        }
    }

    /// The discovery document, read once and again with every refresh of the keys.
    ///
    /// # Errors
    /// Why it could not be read, in words that say what to do.
    pub async fn metadata(&self) -> Result<Arc<Metadata>, String> {
        match self.known_metadata() {
            Some(metadata) => Ok(metadata),
            None => self.fetch_metadata().await,
        }
    }

    /// The discovery document, if it was read before.
    #[must_use]
    pub fn known_metadata(&self) -> Option<Arc<Metadata>> {
        self.metadata
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    async fn fetch_metadata(&self) -> Result<Arc<Metadata>, String> {
        let address = format!(
            "{}/{}/v2.0/.well-known/openid-configuration",
            self.root.as_str().trim_end_matches('/'),
            self.tenant
        );
        let metadata: Metadata = self.document(&address).await?;
        let named = [
            &metadata.authorization_endpoint,
            &metadata.token_endpoint,
            &metadata.jwks_uri,
        ];
        for endpoint in named.into_iter().chain(&metadata.end_session_endpoint) {
            if endpoint.origin() != self.root.origin() {
                return Err(format!(
                    "{address} names the endpoint {endpoint} on another origin; check ELOOPS_AUTHORITY"
                ));
            }
        }
        // OpenID Connect Discovery §4.3: it has to be the issuer that was asked for; Entra's form for all
        // tenants is taken as well.
        let root = self.root.as_str().trim_end_matches('/');
        let issuers = [&*self.tenant, "{tenantid}"].map(|tenant| format!("{root}/{tenant}/v2.0"));
        if !issuers.contains(&metadata.issuer) {
            return Err(format!(
                "{address} names the issuer {} in place of {}; check ELOOPS_AUTHORITY",
                metadata.issuer, issuers[0]
            ));
        }
        let metadata = Arc::new(metadata);
        *self
            .metadata
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&metadata));
        Ok(metadata)
    }

    async fn document<T: serde::de::DeserializeOwned>(&self, address: &str) -> Result<T, String> {
        let failed =
            |what: &str| format!("{address} {what}; check ELOOPS_AUTHORITY and ELOOPS_TENANT");
        let mut response = self
            .http
            .get(address)
            .timeout(TIMEOUT)
            .send()
            .await
            .map_err(|error| failed(&format!("cannot be reached ({})", error.without_url())))?;
        if !response.status().is_success() {
            return Err(failed(&format!("answered {}", response.status().as_u16())));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| failed(&format!("broke off ({})", error.without_url())))?
        {
            body.extend_from_slice(&chunk);
            if body.len() > MAX_DOCUMENT_BYTES {
                return Err(failed("is larger than such a document can be"));
            }
        }
        serde_json::from_slice(&body)
            .map_err(|error| failed(&format!("is not the expected document ({error})")))
    }
}

#[async_trait]
impl KeySource for Authority {
    async fn fetch_keys(&self) -> Result<Vec<SigningKey>, String> {
        let metadata = self.fetch_metadata().await?;
        let document: KeyDocument = self.document(metadata.jwks_uri.as_str()).await?;
        Ok(document.into_signing_keys(&metadata.issuer))
    }
}
