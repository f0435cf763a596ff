//! Whose machine a request comes from: the peer, or behind trusted proxies (`ELOOPS_TRUSTED_PROXIES`) the
//! address that the outermost of them saw.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

use crate::http::App;

/// The address, in the request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// What counts as one client: the address; of IPv6 the network of 64 bits, which one machine has to itself.
    #[must_use]
    pub fn group(self) -> IpAddr {
        match self.0 {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
            v4 @ IpAddr::V4(_) => v4,
        }
    }
}

/// Notes the address for everything behind.
pub async fn layer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |ConnectInfo(peer)| peer.ip());
    let address = find(peer, request.headers(), app.trusted_proxies());
    request.extensions_mut().insert(address);
    next.run(request).await
}

/// Reads `X-Forwarded-For` from its right end, hop by hop, for as long as the hop before is trusted: what
/// stands further left is what strangers wrote.
fn find(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> ClientAddress {
    let mut address = peer.to_canonical();
    let values: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .map(|value| value.to_str().unwrap_or_default())
        .collect();
    let hops = values.iter().rev().flat_map(|value| value.rsplit(','));
    for hop in hops {
        if !trusted.iter().any(|range| range.contains(&address)) {
            break;
        }
        // What cannot be read is not gone past.
        let Some(next) = parse(hop.trim()) else {
            break;
        };
        address = next.to_canonical();
    }
    ClientAddress(address)
}

/// An address, also with a port or in brackets, as some proxies write it.
fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop.trim_start_matches('[').trim_end_matches(']');
    let with_port = || hop.parse::<SocketAddr>().map(|address| address.ip());
    bare.parse().or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forwarded_addresses_are_believed_from_the_right_and_of_trusted_hops_only() {
        let proxies: Vec<IpNet> = vec![
            "10.0.0.0/24".parse().unwrap(),
            "fd00::/8".parse().unwrap(),
            IpNet::from("127.0.0.1".parse::<IpAddr>().unwrap()),
        ];
        for (peer, forwarded, expected) in [
            // Nobody in between: the header is what the caller made up.
            ("203.0.113.9", &["198.51.100.7"][..], "203.0.113.9"),
            ("10.0.0.5", &["198.51.100.7"], "198.51.100.7"),
            ("10.0.0.5", &["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
            (
                "10.0.0.5",
                &["1.1.1.1, 198.51.100.7, 10.0.0.6"],
                "198.51.100.7",
            ),
            ("10.0.0.5", &["1.1.1.1", "198.51.100.7"], "198.51.100.7"),
            ("10.0.0.5", &["198.51.100.7:4711"], "198.51.100.7"),
            ("fd00::1", &["[2001:db8::7]:4711"], "2001:db8::7"),
            ("fd00::1", &["[2001:db8::7]"], "2001:db8::7"),
            ("::ffff:10.0.0.5", &["198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1", &["::ffff:198.51.100.7"], "198.51.100.7"),
            ("10.0.0.5", &[], "10.0.0.5"),
            ("10.0.0.5", &[""], "10.0.0.5"),
            ("10.0.0.5", &["198.51.100.7, unknown"], "10.0.0.5"),
            ("10.0.1.5", &["198.51.100.7"], "10.0.1.5"),
        ] {
            let mut headers = HeaderMap::new();
            for value in forwarded {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            let found = find(peer.parse().unwrap(), &headers, &proxies);
            let expected = ClientAddress(expected.parse().unwrap());
            assert_eq!(found, expected, "{peer} with {forwarded:?}");
        }
    }

    #[test]
    fn an_ipv6_network_of_64_bits_is_one_client() {
        let of = |text: &str| ClientAddress(text.parse().unwrap()).group();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("198.51.100.7"), of("198.51.100.8"));
    }
}
