use url::Url;
use uuid::Uuid;

use super::{Credential, layers::Settings, origin};

/// The app registration in Microsoft Entra, and whose tokens count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entra {
    /// Tenant id, lower case.
    pub tenant: String,
    /// Root of Microsoft's sign-in, without a trailing slash in its path.
    pub authority: Url,
    /// Application id.
    pub client_id: String,
    /// By what it proves itself.
    pub credential: Credential,
    /// Audiences that the API accepts; the first one is asked for at sign-in.
    pub audiences: Vec<String>,
    /// Client applications whose tokens the API accepts (`azp`); `None` for every one of the tenant.
    pub allowed_clients: Option<Vec<String>>,
}

impl Entra {
    /// `{authority}/{tenant}`: what discovery and both endpoints stand below.
    #[must_use]
    pub fn tenant_root(&self) -> String {
        format!(
            "{}/{}",
            self.authority.as_str().trim_end_matches('/'),
            self.tenant
        )
    }

    /// Where people sign in.
    #[must_use]
    pub fn authorization_endpoint(&self) -> String {
        format!("{}/oauth2/v2.0/authorize", self.tenant_root())
    }

    /// Where tokens come from.
    #[must_use]
    pub fn token_endpoint(&self) -> String {
        format!("{}/oauth2/v2.0/token", self.tenant_root())
    }

    pub(super) fn read(settings: &Settings, at: usize) -> Option<Self> {
        let tenant = settings.read("tenant", at, |text| {
            Uuid::parse_str(text.trim()).map(|id| id.to_string()).map_err(|_| {
                format!("\"{text}\" is no tenant id; Microsoft Entra shows it as Directory (tenant) ID")
            })
        });
        let authority = settings.read("authority", at, |text| {
            origin::Rules::of(settings).safe_url(text)
        });
        let client_id = settings.read("client_id", at, |text| not_empty(text, "an application id"));
        let credential = Credential::read(settings, at);
        let audiences = settings.read("audience", at, |text| {
            let list = list(text);
            if list.is_empty() {
                Err("name at least one audience".to_owned())
            } else {
                Ok(list)
            }
        });
        let allowed_clients = settings.read("allowed_clients", at, |text| {
            let list = list(text);
            Ok((!list.is_empty()).then_some(list))
        });
        Some(Self {
            tenant: tenant?,
            authority: authority?,
            client_id: client_id?,
            credential: credential?,
            audiences: audiences?,
            allowed_clients: allowed_clients?,
        })
    }
}

/// Texts between commas.
fn list(text: &str) -> Vec<String> {
    text.split(',')
        .map(|one| one.trim().to_owned())
        .filter(|one| !one.is_empty())
        .collect()
}

fn not_empty(text: &str, what: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err(format!("is empty; it has to hold {what}"))
    } else {
        Ok(text.to_owned())
    }
}
