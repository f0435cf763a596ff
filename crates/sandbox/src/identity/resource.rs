//! The APIs tokens are made for, and the scopes people write for them.

use std::fmt;

/// Audience of the Eloops API.
pub(crate) const ELOOPS: &str = "api://eloops";
const GRAPH: &str = "https://graph.microsoft.com";
const OPENID: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// An API registered in the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource {
    /// The Eloops server: tokens of version 2.
    Eloops,
    /// Talent, which is the sandbox itself: tokens in the v1 shape.
    Talent,
    /// Microsoft Graph, which a token is for when only `openid` and the like are asked.
    Graph,
}

impl Resource {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Eloops, Self::Talent, Self::Graph];

    /// By identifier, with or without a slash at the end; ours also by its client id.
    pub(crate) fn named(identifier: &str, origin: &str) -> Option<Self> {
        let identifier = identifier.trim_end_matches('/');
        Self::ALL
            .into_iter()
            .find(|resource| resource.identifier(origin) == identifier)
            .or((identifier == super::SERVER_APP).then_some(Self::Eloops))
    }

    /// The delegated permissions it offers.
    pub(crate) fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::Eloops => &["access_as_user"],
            // Names documented for Microsoft Dynamics ERP; `user_impersonation` for Talent.
            Self::Talent => &[
                "user_impersonation",
                "AX.FullAccess",
                "CustomService.FullAccess",
                "Odata.FullAccess",
            ],
            Self::Graph => &["User.Read"],
        }
    }

    /// What a scope begins with, without the slash.
    pub(crate) fn identifier(self, origin: &str) -> &str {
        match self {
            Self::Eloops => ELOOPS,
            Self::Talent => origin,
            Self::Graph => GRAPH,
        }
    }
}

/// What `scope` asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scopes {
    /// `openid`: an id_token is wanted.
    pub(crate) openid: bool,
    /// `offline_access`: a refresh token is wanted.
    pub(crate) offline: bool,
    /// The APIs in the order they are named, with the permissions; `.default` stands for all.
    pub(crate) resources: Vec<(Resource, Vec<&'static str>)>,
    /// Some scope ended in `/.default`.
    pub(crate) default: bool,
}

/// Why a scope cannot be granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BadScope {
    /// No API has this identifier.
    UnknownResource(String),
    /// The API has no such permission.
    UnknownPermission(String),
}

impl fmt::Display for BadScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownResource(name) => write!(
                f,
                "The resource principal named {name} was not found in the tenant named Sandbox."
            ),
            Self::UnknownPermission(scope) => write!(
                f,
                "The provided value for the input parameter 'scope' is not valid. The scope {scope} does not exist."
            ),
        }
    }
}

impl Scopes {
    /// Reads a space-separated list.
    ///
    /// # Errors
    /// A scope no API of the tenant offers.
    pub(crate) fn parse(text: &str, origin: &str) -> Result<Self, BadScope> {
        let mut scopes = Self::default();
        for scope in text.split_whitespace() {
            match scope {
                "openid" => scopes.openid = true,
                "offline_access" => scopes.offline = true,
                _ if OPENID.contains(&scope) => {}
                _ => scopes.add(scope, origin)?,
            }
        }
        Ok(scopes)
    }

    fn add(&mut self, scope: &str, origin: &str) -> Result<(), BadScope> {
        let (identifier, permission) = match scope.rsplit_once('/') {
            Some((identifier, permission)) => (identifier, permission),
            None => (GRAPH, scope),
        };
        let resource = Resource::named(identifier, origin)
            .ok_or_else(|| BadScope::UnknownResource(identifier.to_owned()))?;
        let known = resource.permissions();
        let granted: Vec<&'static str> = if permission == ".default" {
            self.default = true;
            known.to_vec()
        } else {
            known
                .iter()
                .copied()
                .filter(|name| *name == permission)
                .collect()
        };
        if granted.is_empty() {
            return Err(BadScope::UnknownPermission(scope.to_owned()));
        }
        let at = self
            .resources
            .iter()
            .position(|(known, _)| *known == resource);
        match at.and_then(|at| self.resources.get_mut(at)) {
            Some((_, permissions)) => {
                for permission in granted {
                    if !permissions.contains(&permission) {
                        permissions.push(permission);
                    }
                }
            }
            None => self.resources.push((resource, granted)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "http://127.0.0.1:7410";

    #[test]
    fn several_resources_are_told_apart() {
        let text =
            format!("openid offline_access {ELOOPS}/access_as_user {ORIGIN}/.default profile");
        let scopes = Scopes::parse(&text, ORIGIN).unwrap();
        assert!(scopes.openid && scopes.offline && scopes.default);
        assert_eq!(
            scopes.resources[0],
            (Resource::Eloops, vec!["access_as_user"])
        );
        assert_eq!(scopes.resources[1].0, Resource::Talent);
        assert_eq!(scopes.resources[1].1.len(), 4);
    }

    #[test]
    fn what_nobody_offers_is_refused() {
        let unknown = Scopes::parse("api://other/.default", ORIGIN);
        assert_eq!(
            unknown,
            Err(BadScope::UnknownResource("api://other".into()))
        );
        let scope = format!("{ELOOPS}/everything");
        assert_eq!(
            Scopes::parse(&scope, ORIGIN),
            Err(BadScope::UnknownPermission(scope))
        );
    }
}
