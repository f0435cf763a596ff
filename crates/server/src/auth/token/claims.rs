use std::collections::BTreeSet;

use serde_json::{Map, Value};
use subtle::ConstantTimeEq;
use url::Url;
use uuid::Uuid;

use super::json::decode_object;
use super::{Refusal, SKEW_SECONDS};

/// A believed token.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// Tenant id, lower case with hyphens.
    pub tenant: String,
    /// Object id of the person or of the application's service principal, lower case.
    pub object_id: String,
    /// Who acts.
    pub actor: Actor,
    /// App roles.
    pub roles: BTreeSet<String>,
    /// The client application (`azp`).
    pub client: Option<String>,
    /// `aud`.
    pub audience: String,
    /// The account's name for display (`name`, else `preferred_username`); never an identity.
    pub display_name: Option<String>,
    /// End of validity, seconds since the epoch.
    pub expires_at: f64,
    /// Microsoft's own session (`sid`), which a sign-out there names.
    pub session: Option<String>,
    explicit_app: bool,
    own_subject: bool,
}

/// Who acts with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A person, through a client that holds these delegated scopes.
    User {
        /// The members of `scp`.
        scopes: BTreeSet<String>,
    },
    /// An application by itself: no `scp`.
    Application,
}

impl Verified {
    /// Whether this might be an id token: it grants no scope, and nothing shows that it is an application's.
    ///
    /// `idtyp` shows it. Without that claim, an application is its own subject (a person's `sub` is pairwise), and an
    /// audience that is an address cannot be an id token's, which is always a client id.
    pub(super) fn may_be_id_token(&self) -> bool {
        let shown = self.explicit_app || (self.own_subject && self.audience.contains("://"));
        self.actor == Actor::Application && !shown
    }

    /// Whether the token grants anything here: a person's the delegated scope, an application's the app role. A person's
    /// roles never stand in for the scope, nor an application's scope for the role.
    ///
    /// # Errors
    /// [`Refusal::Scope`].
    pub fn check_grant(&self, scope: &str, role: &str) -> Result<(), Refusal> {
        let granted = match &self.actor {
            Actor::User { scopes } => scopes.contains(scope),
            Actor::Application => self.roles.contains(role),
        };
        granted.then_some(()).ok_or(Refusal::Scope)
    }
}

/// The claims of a token whose signature fits, before the rules on them.
pub(super) struct Claims(Map<String, Value>);

impl Claims {
    pub(super) fn read(signed: &str) -> Result<Self, Refusal> {
        let (_, payload) = signed.split_once('.').ok_or(Refusal::Malformed)?;
        decode_object(payload).map(Self)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    pub(super) fn check_version(&self) -> Result<(), Refusal> {
        (self.text("ver") == Some("2.0"))
            .then_some(())
            .ok_or(Refusal::Version)
    }

    /// Microsoft Learn: access-tokens ("Validate the issuer"). The key's issuer with `{tenantid}`
    /// replaced by `tid` is `iss`, and the first path segment of `iss` is `tid`.
    pub(super) fn check_issuer(&self, key_issuer: &str) -> Result<(), Refusal> {
        let issuer = self.text("iss").ok_or(Refusal::Issuer)?;
        let tenant = self.tenant()?;
        if key_issuer.replace("{tenantid}", tenant) != issuer {
            return Err(Refusal::Issuer);
        }
        let address = Url::parse(issuer).map_err(|_| Refusal::Issuer)?;
        let first = address.path_segments().and_then(|mut path| path.next());
        (first == Some(tenant)).then_some(()).ok_or(Refusal::Issuer)
    }

    /// `tid` as it stands in the token; a GUID in its usual form.
    fn tenant(&self) -> Result<&str, Refusal> {
        let tenant = self.text("tid").ok_or(Refusal::Tenant)?;
        is_guid(tenant).then_some(tenant).ok_or(Refusal::Tenant)
    }

    pub(super) fn check_tenant(&self, allowed: &[String]) -> Result<(), Refusal> {
        let tenant = self.tenant()?;
        allowed
            .iter()
            .any(|one| one.eq_ignore_ascii_case(tenant))
            .then_some(())
            .ok_or(Refusal::Tenant)
    }

    /// One text, exactly as configured: Entra never issues a list of audiences.
    pub(super) fn check_audience(&self, accepted: &[String]) -> Result<(), Refusal> {
        let audience = self.text("aud").ok_or(Refusal::Audience)?;
        (!audience.is_empty() && accepted.iter().any(|one| one == audience))
            .then_some(())
            .ok_or(Refusal::Audience)
    }

    pub(super) fn check_times(&self, now: f64) -> Result<(), Refusal> {
        match self.moment("exp") {
            Some(expiry) if expiry + SKEW_SECONDS > now => {}
            _ => return Err(Refusal::Expired),
        }
        match self.moment("nbf") {
            Some(beginning) if beginning - SKEW_SECONDS <= now => Ok(()),
            _ => Err(Refusal::NotYetValid),
        }
    }

    /// A NumericDate (RFC 7519 §2): a number, and not one so large that a float cannot count its seconds.
    fn moment(&self, name: &str) -> Option<f64> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let seconds = self.0.get(name)?.as_f64()?;
        (0.0..EXACT).contains(&seconds).then_some(seconds)
    }

    /// A token bound to a key (RFC 7800) is no bearer token: nobody here asks for proof of that key, so a stolen one
    /// would do.
    pub(super) fn check_unbound(&self) -> Result<(), Refusal> {
        if self.0.contains_key("cnf") {
            return Err(Refusal::Bound);
        }
        Ok(())
    }

    pub(super) fn check_nonce(&self, expected: &str) -> Result<(), Refusal> {
        let nonce = self.text("nonce").ok_or(Refusal::Nonce)?;
        bool::from(nonce.as_bytes().ct_eq(expected.as_bytes()))
            .then_some(())
            .ok_or(Refusal::Nonce)
    }

    pub(super) fn into_verified(self) -> Result<Verified, Refusal> {
        let object_id = match self.text("oid") {
            Some(oid) if is_guid(oid) => oid.to_ascii_lowercase(),
            _ => return Err(Refusal::Subject),
        };
        let kind = match self.0.get("idtyp") {
            None => None,
            Some(Value::String(kind)) if kind == "app" || kind == "user" => Some(kind.as_str()),
            // A device's token, or whatever may come: nothing that we know how to take.
            Some(_) => return Err(Refusal::IdToken),
        };
        let explicit_app = kind == Some("app");
        let actor = match self.0.get("scp") {
            // A user's scope on an application's token is no token Entra issues.
            Some(_) if explicit_app => return Err(Refusal::IdToken),
            Some(Value::String(scp)) => Actor::User {
                scopes: scp
                    .split(' ')
                    .filter(|s| !s.is_empty())
                    .map(str::to_owned)
                    .collect(),
            },
            Some(_) => return Err(Refusal::Malformed),
            None if kind == Some("user") => Actor::User {
                scopes: BTreeSet::new(),
            },
            None => Actor::Application,
        };
        let roles = match self.0.get("roles") {
            None => BTreeSet::new(),
            Some(Value::Array(roles)) => roles
                .iter()
                .map(|role| role.as_str().map(str::to_owned).ok_or(Refusal::Malformed))
                .collect::<Result<_, _>>()?,
            Some(_) => return Err(Refusal::Malformed),
        };
        let display_name = self
            .text("name")
            .or_else(|| self.text("preferred_username"))
            .map(str::to_owned);
        Ok(Verified {
            tenant: self.tenant()?.to_ascii_lowercase(),
            object_id,
            actor,
            roles,
            client: self.text("azp").map(str::to_owned),
            audience: self.text("aud").unwrap_or_default().to_owned(),
            display_name,
            session: self.text("sid").map(str::to_owned),
            expires_at: self.moment("exp").unwrap_or(0.0),
            own_subject: self.text("sub").is_some() && self.text("sub") == self.text("oid"),
            explicit_app,
        })
    }
}

/// A GUID with hyphens, without braces.
fn is_guid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}
