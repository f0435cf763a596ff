//! A stand-in for Microsoft Entra: one tenant, its people and apps, and the v2.0 endpoints.
//!
//! Source of the shapes: Microsoft Learn, *OAuth 2.0 and OpenID Connect protocols*.

pub(crate) mod apps;
pub(crate) mod bearer;
pub(crate) mod certificates;
pub(crate) mod claims;
mod consent;
mod discovery;
mod error;
mod form;
pub(crate) mod grants;
pub(crate) mod issued;
mod jwks;
pub(crate) mod jwt;
pub(crate) mod keys;
mod logout;
mod opener;
mod pkce;
pub(crate) mod policies;
pub(crate) mod requested_claims;
pub(crate) mod resource;
mod session;
mod sign_in;
mod tenant;
mod token;

use std::sync::Arc;

use axum::{Router, middleware, routing::get};
use url::Url;

pub(crate) use apps::{App, Apps, SERVER_APP};

use crate::Sandbox;

/// What the sign-in remembers.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) keys: keys::Keys,
    pub(crate) apps: Apps,
    pub(crate) grants: grants::Grants,
    pub(crate) sessions: session::Sessions,
    pub(crate) policies: policies::Policies,
    pub(crate) certificates: certificates::Certificates,
    pub(crate) issued: issued::Issued,
}

impl Identity {
    /// New keys, and the apps whose addresses follow from where Eloops runs.
    ///
    /// # Errors
    /// When the machine gives no randomness for a key.
    pub(crate) fn new(eloops: &Url) -> Result<Self, keys::NoKey> {
        Ok(Self {
            keys: keys::Keys::generate()?,
            apps: Apps::registered(eloops),
            grants: grants::Grants::default(),
            sessions: session::Sessions::default(),
            policies: policies::Policies::default(),
            certificates: certificates::Certificates::default(),
            issued: issued::Issued::default(),
        })
    }

    /// Forgets who signed in, policies and what was registered since the start; the keys stay, so that tokens stay good.
    pub(crate) fn forget(&self) {
        self.grants.clear();
        self.sessions.clear();
        self.policies.reset();
        self.certificates.reset();
        self.issued.clear();
    }
}

/// The endpoints under `/{tenant}` and the two that MSAL asks beside them.
pub(crate) fn router(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    Router::new()
        .route(
            "/{tenant}/v2.0/.well-known/openid-configuration",
            get(discovery::v2),
        )
        .route(
            "/{tenant}/.well-known/openid-configuration",
            get(discovery::v1),
        )
        .route("/{tenant}/discovery/v2.0/keys", get(jwks::v2))
        .route("/{tenant}/discovery/keys", get(jwks::v1))
        .route("/{tenant}/discovery/instance", get(discovery::instance))
        .route("/{tenant}/oauth2/v2.0/authorize", get(sign_in::authorize))
        .route("/{tenant}/login", axum::routing::post(sign_in::choose))
        .route(
            "/{tenant}/oauth2/v2.0/token",
            axum::routing::post(token::token).options(token::preflight),
        )
        .route("/assets/sign-in.css", get(sign_in::page::styles))
        .route(
            "/{tenant}/oauth2/v2.0/logout",
            get(logout::logout).post(logout::logout),
        )
        .route(
            "/{tenant}/adminconsent",
            get(consent::ask).post(consent::answer),
        )
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            opener::policy,
        ))
}
