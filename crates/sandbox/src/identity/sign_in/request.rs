//! What an authorize request asks (Microsoft Learn: v2-oauth2-auth-code-flow).

use url::Url;

use crate::{
    Sandbox,
    identity::{
        apps::Platform, error::AadError, form::Form, pkce::Challenge,
        requested_claims::RequestedClaims, resource::Scopes,
    },
};

/// How the answer travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ResponseMode {
    Query,
    Fragment,
    FormPost,
}

/// When a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prompt {
    /// Unless somebody is signed in.
    AsNeeded,
    /// Never.
    None,
    /// Always: `login` and `select_account`.
    Always,
}

/// An authorize request whose app and address are registered.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) client_id: &'static str,
    pub(super) consented: bool,
    pub(super) redirect_uri: Url,
    /// The same as it was written; the token request must repeat it.
    pub(super) redirect_text: String,
    pub(super) mode: ResponseMode,
    pub(super) state: Option<String>,
    pub(super) scopes: Scopes,
    pub(super) nonce: Option<String>,
    pub(super) challenge: Option<Challenge>,
    pub(super) prompt: Prompt,
    pub(super) login_hint: Option<String>,
    pub(super) claims: RequestedClaims,
}

/// Why a request is refused.
pub(super) enum Bad {
    /// App or address: shown here.
    Client(AadError),
    /// The rest: told to the app.
    Rest(Box<Request>, AadError),
}

impl Request {
    pub(super) fn parse(sandbox: &Sandbox, form: &Form) -> Result<Self, Bad> {
        let client_id = form.require("client_id").map_err(Bad::Client)?;
        let app = sandbox.identity.apps.get(client_id);
        let app = app.ok_or_else(|| Bad::Client(AadError::unknown_app(client_id)))?;
        let text = form.require("redirect_uri").map_err(Bad::Client)?;
        let redirect_uri = app.redirect_uri(text).map_err(Bad::Client)?;
        let mut request = Self {
            client_id: app.client_id,
            consented: sandbox.identity.policies.knows(app),
            redirect_uri,
            redirect_text: text.to_owned(),
            mode: ResponseMode::Query,
            state: form.get("state").map(str::to_owned),
            scopes: Scopes::default(),
            nonce: form.get("nonce").map(str::to_owned),
            challenge: None,
            prompt: Prompt::AsNeeded,
            login_hint: form.get("login_hint").map(str::to_owned),
            claims: RequestedClaims::default(),
        };
        match request.fill(sandbox, form, app.platform == Platform::Spa) {
            Ok(()) => Ok(request),
            Err(error) => Err(Bad::Rest(Box::new(request), error)),
        }
    }

    fn fill(&mut self, sandbox: &Sandbox, form: &Form, is_spa: bool) -> Result<(), AadError> {
        let invalid = |number, message: String| AadError::new("invalid_request", number, message);
        self.mode = match form.get("response_mode") {
            None | Some("query") => ResponseMode::Query,
            Some("fragment") => ResponseMode::Fragment,
            Some("form_post") => ResponseMode::FormPost,
            Some(other) => {
                return Err(invalid(
                    90_023,
                    format!("The response_mode '{other}' is not supported."),
                ));
            }
        };
        match form.require("response_type")? {
            "code" => {}
            other => {
                return Err(AadError::new(
                    "unsupported_response_type",
                    700_054,
                    format!("response_type '{other}' is not enabled for the application."),
                ));
            }
        }
        self.scopes = Scopes::parse(form.require("scope")?, &sandbox.origin)?;
        if let Some(challenge) = form.get("code_challenge") {
            let parsed = Challenge::parse(challenge, form.get("code_challenge_method"));
            self.challenge = Some(parsed.ok_or_else(|| {
                invalid(
                    501_491,
                    "The code_challenge_method is not supported; use S256.".to_owned(),
                )
            })?);
        }
        if is_spa && self.challenge.is_none() {
            return Err(invalid(
                9_002_325,
                "Proof Key for Code Exchange is required for cross-origin authorization code redemption.".to_owned(),
            ));
        }
        if let Some(claims) = form.get("claims") {
            self.claims = RequestedClaims::parse(claims)?;
        }
        self.prompt = match form.get("prompt") {
            None | Some("consent") => Prompt::AsNeeded,
            Some("none") => Prompt::None,
            Some("login" | "select_account") => Prompt::Always,
            Some(other) => {
                return Err(invalid(
                    90_023,
                    format!("The prompt '{other}' is not supported."),
                ));
            }
        };
        Ok(())
    }
}
