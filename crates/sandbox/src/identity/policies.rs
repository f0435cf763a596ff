//! Conditional access and consent, as tests set them.

use std::{
    collections::HashSet,
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    apps::App, error::AadError, grants::SignIn, requested_claims::RequestedClaims,
    resource::Resource,
};

/// What `PUT /sandbox/policies` takes; what is left out is as at the start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// A resource whose tokens want more than a plain sign-in.
    pub(crate) claims_challenge: Option<ClaimsChallenge>,
    /// Nobody consented yet to the apps' use of APIs other than our own.
    pub(crate) consent_missing: bool,
    /// A client assertion serves once. Entra takes one again until it ends, and MSAL counts on it;
    /// a server of our own is held to the stricter rule by it.
    pub(crate) single_use_assertions: bool,
    /// Sign-in pages send `Cross-Origin-Opener-Policy: same-origin`.
    pub(crate) coop: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            claims_challenge: None,
            consent_missing: false,
            single_use_assertions: false,
            coop: true,
        }
    }
}

/// A resource and the claims a sign-in must have been asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimsChallenge {
    /// Identifier of the resource, with or without a slash at the end.
    pub(crate) audience: String,
    /// What the error's `claims` tells, and what `/authorize?claims=` must bring.
    pub(crate) claims: Map<String, Value>,
}

impl Settings {
    /// What is wrong with them, in a sentence; `origin` is the sandbox's.
    pub(crate) fn problem(&self, origin: &str) -> Option<String> {
        let challenge = self.claims_challenge.as_ref()?;
        if Resource::named(&challenge.audience, origin).is_none() {
            let known = Resource::ALL.map(|resource| resource.identifier(origin));
            return Some(format!(
                "claims_challenge.audience is '{}'; it is one of {}",
                challenge.audience,
                known.join(", ")
            ));
        }
        let claims = RequestedClaims::from_members(challenge.claims.clone());
        (!claims.demands_interaction()).then(|| {
            "claims_challenge.claims asks nothing; it names at least one claim of access_token"
                .to_owned()
        })
    }
}

/// The policies in force.
#[derive(Debug, Default)]
pub(crate) struct Policies(RwLock<Inner>);

#[derive(Debug, Default)]
struct Inner {
    settings: Settings,
    /// Apps an administrator consented to on the page for it.
    consented: HashSet<&'static str>,
}

impl Policies {
    fn read(&self) -> RwLockReadGuard<'_, Inner> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Inner> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts these in the place of the others.
    pub(crate) fn set(&self, settings: Settings) {
        self.write().settings = settings;
    }

    /// What is in force.
    pub(crate) fn settings(&self) -> Settings {
        self.read().settings.clone()
    }

    /// No challenge, and consent as it was registered.
    pub(crate) fn reset(&self) {
        *self.write() = Inner::default();
    }

    /// An administrator consents, for everybody, to what the app asks.
    pub(crate) fn consent(&self, app: &App) {
        let mut inner = self.write();
        inner.settings.consent_missing = false;
        inner.consented.insert(app.client_id);
    }

    /// Whether the app may ask for tokens of users at all.
    pub(crate) fn knows(&self, app: &App) -> bool {
        app.consented || self.read().consented.contains(app.client_id)
    }

    /// Whether `app` may have a token for `resource` without the person being asked, given how
    /// the person signed in.
    ///
    /// # Errors
    /// AADSTS65001 without consent, AADSTS50079 with the challenge.
    pub(crate) fn permit(
        &self,
        app: &App,
        resource: Resource,
        sign_in: &SignIn,
        origin: &str,
    ) -> Result<(), AadError> {
        let inner = self.read();
        if inner.settings.consent_missing && resource != Resource::Eloops {
            return Err(AadError::no_consent(app.client_id));
        }
        match &inner.settings.claims_challenge {
            Some(challenge)
                if Resource::named(&challenge.audience, origin) == Some(resource)
                    && !sign_in.claims.meet(&challenge.claims) =>
            {
                Err(AadError::challenge(
                    resource.identifier(origin),
                    &challenge.claims,
                ))
            }
            _ => Ok(()),
        }
    }
}
