use url::Url;
use uuid::Uuid;

use super::{Secret, layers::Settings, origin};

/// The app registration in Microsoft Entra, and whose tokens count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entra {
    /// Tenant id, lower case.
    pub tenant: String,
    /// Root of Microsoft's sign-in, without a trailing slash in its path.
    pub authority: Url,
    /// Application id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: Secret,
    /// Audiences that the API accepts; the first one is asked for at sign-in.
    pub audiences: Vec<String>,
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
        let authority = settings.read("authority", at, origin::safe_url);
        let client_id = settings.read("client_id", at, |text| not_empty(text, "an application id"));
        let client_secret = secret(settings, at);
        let audiences = settings.read("audience", at, |text| {
            let list: Vec<String> = text
                .split(',')
                .map(|audience| audience.trim().to_owned())
                .filter(|audience| !audience.is_empty())
                .collect();
            if list.is_empty() {
                Err("name at least one audience".to_owned())
            } else {
                Ok(list)
            }
        });
        Some(Self {
            tenant: tenant?,
            authority: authority?,
            client_id: client_id?,
            client_secret: client_secret?,
            audiences: audiences?,
        })
    }
}

/// The secret itself or a file that holds it, but not both.
fn secret(settings: &Settings, at: usize) -> Option<Secret> {
    let direct = settings.find("client_secret", at);
    let file = settings.find("client_secret_file", at);
    match (direct, file) {
        (Some(direct), Some(file)) => {
            settings.note(
                file.place.to_string(),
                format!("is set beside {}; keep one of them", direct.place),
            );
            None
        }
        (Some(_), None) => settings.read("client_secret", at, |text| {
            not_empty(text, "the secret").map(Secret::new)
        }),
        (None, Some(_)) => settings.read("client_secret_file", at, |path| {
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("the file {path} cannot be read ({error})"))?;
            not_empty(&text, "the secret").map(Secret::new)
        }),
        (None, None) => {
            settings.note(
                settings.place("client_secret", at),
                "is not set: the app registration's client secret (or client_secret_file, a file that holds it)",
            );
            None
        }
    }
}

fn not_empty(text: &str, what: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        Err(format!("is empty; it has to hold {what}"))
    } else {
        Ok(text.to_owned())
    }
}
