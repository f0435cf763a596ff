//! Where the server may connect to, by address: what settings name and what names resolve to goes through
//! here, so that nobody makes it ask its own network or a cloud's metadata service (SSRF, ASVS 5 1.3.6).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of address it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Anywhere on the internet.
    Public,
    /// The company's own network (RFC 1918, RFC 6598, RFC 4193).
    Private,
    /// This machine.
    Loopback,
    /// Never a destination of ours: link-local, a cloud's metadata service, multicast, documentation, reserved.
    Forbidden,
}

/// Whether addresses of the company's own network may be connected to (`ELOOPS_ALLOW_PRIVATE_ADDRESSES`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Private {
    /// No: Talent and Microsoft's sign-in are on the internet.
    #[default]
    Refused,
    /// Yes: Talent runs on premises.
    Allowed,
}

/// Names by which machines in a cloud ask about themselves, and get credentials.
const METADATA_NAMES: [&str; 8] = [
    "instance-data",
    "instance-data.ec2.internal",
    "metadata",
    "metadata.azure.com",
    "metadata.azure.internal",
    "metadata.goog",
    "metadata.google.internal",
    "metadata.tencentyun.com",
];

/// What kind of address this is. Addresses that hold an IPv4 address (mapped, translated, 6to4) are judged by it.
#[must_use]
pub fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => reach_v6(address),
    }
}

/// Whether the name is one of a metadata service. Without a trailing dot, in any case.
#[must_use]
pub fn is_metadata_name(name: &str) -> bool {
    METADATA_NAMES
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

fn reach_v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        [127, ..] => Reach::Loopback,
        // Alibaba's metadata service stands in the shared range.
        [100, 100, 100, 200] => Reach::Forbidden,
        [10, ..]
        | [172, 16..=31, ..]
        | [192, 168, ..]
        | [100, 64..=127, ..]
        | [198, 18..=19, ..] => Reach::Private,
        // Azure's host answers every virtual machine at this public address.
        [168, 63, 129, 16]
        | [0, ..]
        | [169, 254, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 51, 100, _]
        | [203, 0, 113, _]
        | [224..=255, ..] => Reach::Forbidden,
        _ => Reach::Public,
    }
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    if address == Ipv6Addr::LOCALHOST {
        return Reach::Loopback;
    }
    let embedded = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        reach_v4(Ipv4Addr::new(a, b, c, d))
    };
    // This machine is not written so; and through a translator it is another one.
    let translated = |reach| match reach {
        Reach::Loopback => Reach::Forbidden,
        other => other,
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] => translated(embedded(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => translated(embedded(high, low)),
        [0x2002, high, low, ..] => translated(embedded(high, low)),
        // AWS' and Google's services for machines stand among the private ones.
        [0xfd00, 0xec2, ..] | [0xfd20, 0xce, ..] => Reach::Forbidden,
        [0xfc00..=0xfdff, ..] => Reach::Private,
        // Teredo, ORCHID, documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Reach::Forbidden,
        [0x2000..=0x3fff, ..] => Reach::Public,
        _ => Reach::Forbidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart() {
        for (expected, addresses) in [
            (
                Reach::Public,
                &[
                    "20.190.128.1",
                    "8.8.8.8",
                    "2603:1006::1",
                    "64:ff9b::808:808",
                    "::ffff:8.8.8.8",
                ][..],
            ),
            (
                Reach::Private,
                &[
                    "10.0.0.1",
                    "172.16.0.1",
                    "172.31.255.255",
                    "192.168.1.1",
                    "100.64.0.1",
                    "198.18.0.1",
                    "fc00::1",
                    "fd12:3456::1",
                    "::ffff:10.0.0.1",
                    "64:ff9b::a00:1",
                    "2002:c0a8:101::1",
                ],
            ),
            (Reach::Loopback, &["127.0.0.1", "127.255.255.254", "::1"]),
            (
                Reach::Forbidden,
                &[
                    "0.0.0.0",
                    "0.1.2.3",
                    "169.254.169.254",
                    "169.254.170.2",
                    "100.100.100.200",
                    "168.63.129.16",
                    "192.0.0.192",
                    "192.0.2.1",
                    "198.51.100.1",
                    "203.0.113.1",
                    "224.0.0.1",
                    "240.0.0.1",
                    "255.255.255.255",
                    "::",
                    "fe80::1",
                    "febf::1",
                    "fec0::1",
                    "ff02::1",
                    "fd00:ec2::254",
                    "fd20:ce::254",
                    "::ffff:169.254.169.254",
                    "::ffff:127.0.0.1",
                    "::ffff:0:7f00:1",
                    "::7f00:1",
                    "64:ff9b::a9fe:a9fe",
                    "64:ff9b::7f00:1",
                    "64:ff9b:1::1",
                    "2002:a9fe:a9fe::1",
                    "2002:7f00:1::1",
                    "2001::1",
                    "2001:db8::1",
                    "100::1",
                    "5f00::1",
                ],
            ),
        ] {
            for address in addresses {
                let found = reach(address.parse().unwrap());
                assert_eq!(found, expected, "{address}");
            }
        }
        assert_eq!(reach("172.32.0.1".parse().unwrap()), Reach::Public);
        assert_eq!(reach("100.128.0.1".parse().unwrap()), Reach::Public);
    }
}
