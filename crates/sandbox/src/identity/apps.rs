//! The app registrations of the tenant.

use axum::http::HeaderValue;
use url::Url;
use uuid::Uuid;

use super::error::AadError;
use crate::company::identifiers;

/// Client id of the Eloops server.
pub(crate) const SERVER_APP: &str = "eloops-server";

/// How an app proves who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Platform {
    /// A confidential client with a secret.
    Web {
        /// The secret, as text.
        secret: &'static str,
    },
    /// A single-page application: public, redeems codes across origins.
    Spa,
}

/// How a request proved which app sends it: `azpacr` and `appidacr` of its tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// Not at all: a public app.
    None,
    Secret,
    Certificate,
}

impl Proof {
    /// The claim's value.
    pub(crate) fn claim(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Secret => "1",
            Self::Certificate => "2",
        }
    }
}

/// One app registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct App {
    pub(crate) client_id: &'static str,
    pub(crate) platform: Platform,
    /// Compared character by character (RFC 9700 §2.1).
    pub(crate) redirect_uris: Vec<String>,
    /// Where its sessions are ended when the person signs out elsewhere.
    pub(crate) front_channel: Option<Url>,
    /// Whether people or an administrator consented to the permissions it asks for.
    pub(crate) consented: bool,
    /// Whether Talent lists it on its *Microsoft Entra ID applications* page.
    pub(crate) registered_in_talent: bool,
    /// Object id of its service principal.
    pub(crate) oid: Uuid,
}

impl App {
    /// Whether it can keep a secret.
    pub(crate) fn is_confidential(&self) -> bool {
        self.platform != Platform::Spa
    }

    /// Whether a page of this origin is the single-page application's.
    pub(crate) fn serves(&self, origin: &HeaderValue) -> bool {
        self.platform == Platform::Spa
            && self
                .redirect_uris
                .iter()
                .filter_map(|uri| Url::parse(uri).ok())
                .any(|uri| uri.origin().ascii_serialization().as_bytes() == origin.as_bytes())
    }

    /// Whether exactly this address is registered.
    pub(crate) fn returns_to(&self, text: &str) -> bool {
        self.redirect_uris.iter().any(|uri| uri == text)
    }

    /// The address a person may be sent back to.
    ///
    /// # Errors
    /// AADSTS50011 unless exactly this is registered.
    pub(crate) fn redirect_uri(&self, text: &str) -> Result<Url, AadError> {
        Url::parse(text).ok().filter(|_| self.returns_to(text)).ok_or_else(|| {
            AadError::new(
                "invalid_request",
                50_011,
                format!(
                    "The redirect URI '{text}' specified in the request does not match the redirect URIs configured for the application '{}'. Make sure the redirect URI sent in the request matches one added to your application: {}.",
                    self.client_id,
                    self.redirect_uris.join(", ")
                ),
            )
        })
    }
}

/// All registrations.
#[derive(Debug)]
pub(crate) struct Apps(Vec<App>);

impl Apps {
    /// `eloops-server` as the product uses it; `eloops-spa`, public; and `other-app`, to which
    /// nobody consented and which Talent does not know.
    pub(crate) fn registered(eloops: &Url) -> Self {
        let at = |path: &str| format!("{}{path}", eloops.as_str().trim_end_matches('/'));
        let app = |client_id: &'static str, platform, paths: &[&str], trusted| App {
            client_id,
            platform,
            redirect_uris: paths.iter().map(|path| at(path)).collect(),
            front_channel: (client_id == SERVER_APP)
                .then(|| at("/auth/front-channel-logout").parse().ok())
                .flatten(),
            consented: trusted,
            registered_in_talent: trusted && client_id == SERVER_APP,
            oid: identifiers::object_id(client_id),
        };
        Self(vec![
            app(
                SERVER_APP,
                Platform::Web {
                    secret: "sandbox-secret",
                },
                &["/auth/callback", "/auth/consented", "/auth/signed-out"],
                true,
            ),
            app("eloops-spa", Platform::Spa, &["/frame/"], true),
            app(
                "other-app",
                Platform::Web {
                    secret: "other-secret",
                },
                &["/other/callback"],
                false,
            ),
        ])
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &App> {
        self.0.iter()
    }

    /// By client id.
    pub(crate) fn get(&self, client_id: &str) -> Option<&App> {
        self.0.iter().find(|app| app.client_id == client_id)
    }
}
