//! Where Talent is, and for whom a token must be.

use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

use crate::Guid;

/// Which of Microsoft's generations answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Human Resources on finance and operations: `https://{env}.operations.dynamics.com`.
    FinanceOperations,
    /// Standalone Talent: `https://{cluster}.hr.talent.dynamics.com/namespaces/{guid}`.
    Talent,
    /// Dataverse: named in the settings, not carried out yet ([`Root::new`] says so).
    Dataverse,
}

impl Kind {
    /// The word in `ELOOPS_TALENT_KIND`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FinanceOperations => "finance-operations",
            Self::Talent => "talent",
            Self::Dataverse => "dataverse",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = RootError;

    fn from_str(text: &str) -> Result<Self, RootError> {
        [Self::FinanceOperations, Self::Talent, Self::Dataverse]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or_else(|| RootError::Kind(text.into()))
    }
}

/// Why a configured root cannot be used. Each says what to set instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RootError {
    /// Not one of the three kinds.
    #[error("`{0}` is no kind of Talent: use `finance-operations` or `talent`")]
    Kind(Box<str>),
    /// Known, but for later.
    #[error(
        "the kind `dataverse` is not carried out yet: use `finance-operations` or `talent`, which read \
         the same workers"
    )]
    Dataverse,
    /// Not an address this protocol sends a token to.
    #[error(
        "`{0}` is no usable address of Talent: it must start with https:// (http:// only for this \
         machine, e.g. http://127.0.0.1:7410) and name a host, without user, query or fragment"
    )]
    Address(Box<str>),
    /// A path where none belongs.
    #[error(
        "`{0}` goes too deep: give the environment's root without a path, e.g. \
         https://contoso.operations.dynamics.com"
    )]
    Path(Box<str>),
    /// Standalone Talent without its namespace.
    #[error(
        "`{0}` lacks the namespace of standalone Talent: it ends in /namespaces/ and a GUID, as the \
         address of Talent does in a browser"
    )]
    Namespace(Box<str>),
}

/// One Talent environment: the only place requests and tokens go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    kind: Kind,
    origin: Box<str>,
    data: Box<str>,
}

impl Root {
    /// Reads a configured address. A trailing slash and a trailing `/data` are forgiven.
    ///
    /// # Errors
    /// [`RootError`], which says what to set instead.
    pub fn new(kind: Kind, address: &str) -> Result<Self, RootError> {
        let address = address.trim();
        let (origin, path) =
            origin_and_path(address).ok_or_else(|| RootError::Address(address.into()))?;
        let path = path.trim_end_matches('/');
        let path = strip_suffix_ignoring_case(path, "/data")
            .unwrap_or(path)
            .trim_end_matches('/');
        let data = match kind {
            Kind::Dataverse => return Err(RootError::Dataverse),
            Kind::FinanceOperations if path.is_empty() => format!("{origin}/data"),
            Kind::FinanceOperations => return Err(RootError::Path(address.into())),
            Kind::Talent => {
                let guid = path
                    .strip_prefix("/namespaces/")
                    .and_then(|guid| guid.parse::<Guid>().ok())
                    .ok_or_else(|| RootError::Namespace(address.into()))?;
                format!("{origin}/namespaces/{guid}/data")
            }
        };
        Ok(Self {
            kind,
            origin: origin.into(),
            data: data.into(),
        })
    }

    /// Which generation answers here.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Scheme, host and port, without a trailing slash.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The data root, e.g. `https://contoso.operations.dynamics.com/data`.
    pub fn data(&self) -> &str {
        &self.data
    }

    /// Whom a token must be for, without a trailing slash (Microsoft Learn: services-home-page,
    /// hr-developer-api-authentication).
    ///
    /// Finance and operations: the environment's own origin. Standalone Talent: one resource for all,
    /// with `http`; on a host that is not Microsoft's (the sandbox) the origin.
    pub fn audience(&self) -> &str {
        let host = self.origin.split(':').nth(1).unwrap_or_default();
        match self.kind {
            Kind::Talent if host.ends_with(".talent.dynamics.com") => {
                "http://hr.talent.dynamics.com"
            }
            _ => &self.origin,
        }
    }

    /// The scope to ask Microsoft's sign-in for: the audience's `/.default`.
    pub fn scope(&self) -> String {
        format!("{}/.default", self.audience())
    }
}

/// Splits `https://host[:port]/path`; nothing but plain host names, so that no address reads
/// differently here than in the client that sends the token.
fn origin_and_path(address: &str) -> Option<(String, &str)> {
    let (scheme, rest) = address.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    if path.contains(['?', '#', '\\', '%']) || path.chars().any(|c| c.is_control() || c == ' ') {
        return None;
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && !port.ends_with(']') => (
            host,
            Some(port.parse::<u16>().ok().filter(|port| *port != 0)?),
        ),
        _ => (authority, None),
    };
    let host = host.to_ascii_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
    let name = host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.chars().all(plain);
    let default = match scheme.as_str() {
        "https" if name => 443,
        "http" if is_loopback(&host) => 80,
        _ => return None,
    };
    let port = port.filter(|port| *port != default);
    Some((
        port.map_or_else(
            || format!("{scheme}://{host}"),
            |p| format!("{scheme}://{host}:{p}"),
        ),
        path,
    ))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host == "[::1]"
        || host.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

fn strip_suffix_ignoring_case<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let at = text.len().checked_sub(suffix.len())?;
    let tail = text.get(at..)?;
    tail.eq_ignore_ascii_case(suffix).then(|| &text[..at])
}

#[cfg(test)]
mod tests;
