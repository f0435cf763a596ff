use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::destination::{Private, Reach, is_metadata_name, reach};

/// From a name to its addresses.
pub trait Lookup: Send + Sync + 'static {
    /// All addresses of the name, at least one.
    fn lookup(&self, name: &str) -> impl Future<Output = io::Result<Vec<IpAddr>>> + Send;
}

/// The machine's own way.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    async fn lookup(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let found = tokio::net::lookup_host((name, 0)).await?;
        Ok(found.map(|address| address.ip()).collect())
    }
}

/// Gives the client only addresses that it may connect to. What was checked is what is connected to: the
/// client does not look again, so a name that resolves otherwise a moment later (DNS rebinding) gains nothing.
///
/// Addresses written out in a URL do not come here; the settings refuse those.
pub struct Checked<L> {
    private: Private,
    lookup: Arc<L>,
}

impl<L: Lookup> Checked<L> {
    /// Over a lookup.
    pub fn new(private: Private, lookup: L) -> Self {
        Self {
            private,
            lookup: Arc::new(lookup),
        }
    }
}

impl<L: Lookup> Resolve for Checked<L> {
    fn resolve(&self, name: Name) -> Resolving {
        let (private, lookup) = (self.private, Arc::clone(&self.lookup));
        Box::pin(async move {
            let name = name.as_str();
            let found = lookup.lookup(name).await?;
            let allowed = checked(name, found, private)?;
            let addresses: Addrs = Box::new(
                allowed
                    .into_iter()
                    .map(|address| SocketAddr::new(address, 0)),
            );
            Ok(addresses)
        })
    }
}

/// Those of the addresses that `name` may stand for.
///
/// # Errors
/// When none is left; the words say what to do.
fn checked(name: &str, found: Vec<IpAddr>, private: Private) -> Result<Vec<IpAddr>, String> {
    if is_metadata_name(name.trim_end_matches('.')) {
        return Err(format!("{name} is a metadata service; it is never asked"));
    }
    let local = name.eq_ignore_ascii_case("localhost");
    let may = |reach| match reach {
        Reach::Loopback => local,
        Reach::Public => !local,
        Reach::Private => !local && private == Private::Allowed,
        Reach::Forbidden => false,
    };
    let (allowed, refused): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|address| may(reach(*address)));
    let Some(first) = refused.first().filter(|_| allowed.is_empty()) else {
        return if allowed.is_empty() {
            Err(format!("{name} has no address"))
        } else {
            Ok(allowed)
        };
    };
    Err(match reach(*first) {
        Reach::Private if !local => format!(
            "{name} resolves to {first}, an address of a private network; set \
             ELOOPS_ALLOW_PRIVATE_ADDRESSES=on if it stands there"
        ),
        _ => format!("{name} resolves to {first}, which it may not stand for"),
    })
}

#[cfg(test)]
mod tests;
