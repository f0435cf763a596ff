use super::*;

const RULES: Rules = Rules(Private::Refused);
const ON_PREMISES: Rules = Rules(Private::Allowed);

#[test]
fn usual_addresses_are_taken_as_they_are() {
    for text in [
        "https://login.microsoftonline.com",
        "https://contoso.operations.dynamics.com/",
        "https://LOGIN.microsoftonline.com",
        "https://hr.talent.dynamics.com/namespaces/0c5b3d0e-4f4f-4d0c-9c1d-2f4f6d0b7a11",
        "https://xn--bcher-kva.example:8443",
        "https://talent",
        "https://20.190.128.1",
        "https://[2603:1006::1]",
        "http://localhost:7400",
        "http://127.0.0.1:7410",
        "http://[::1]:7410",
        "https://localhost",
    ] {
        assert!(
            RULES.safe_url(text).is_ok(),
            "{text}: {:?}",
            RULES.safe_url(text)
        );
    }
}

/// Ways to write an address that is not what it seems, or that the server must not ask.
#[rustfmt::skip]
const ASTRAY: [(&str, &str); 96] = [
    // This machine, spelled otherwise.
    ("http://127.1", "unusual"),
    ("http://127.0.1", "unusual"),
    ("http://2130706433", "unusual"),
    ("https://2130706433", "unusual"),
    ("https://0x7f000001", "unusual"),
    ("http://0x7f.1", "unusual"),
    ("http://0x7f.0x0.0x0.0x1", "unusual"),
    ("http://0177.0.0.1", "unusual"),
    ("https://017700000001", "unusual"),
    ("http://127.0.0.1.", "unusual"),
    ("http://127.000.000.001", "unusual"),
    ("http://[0:0:0:0:0:0:0:1]", "unusual"),
    ("http://[::127.0.0.1]", "unusual"),
    ("http://[::ffff:127.0.0.1]", "unusual"),
    ("http://[::ffff:7f00:1]", "reserved"),
    ("http://localhost.", "no dot at its end"),
    ("https://localhost.", "no dot at its end"),
    ("http://app.localhost", "write localhost"),
    ("http://localhost.localdomain", "has to begin with https"),
    ("http://localhost.evil.example", "has to begin with https"),
    ("http://127.0.0.1.evil.example", "has to begin with https"),
    ("http://0", "unusual"),
    ("http://0.0.0.0", "reserved"),
    ("https://0.0.0.0", "reserved"),
    ("https://[::]", "reserved"),
    // The metadata services.
    ("http://169.254.169.254", "reserved"),
    ("https://169.254.169.254", "reserved"),
    ("https://169.254.169.254/latest/meta-data", "reserved"),
    ("https://2852039166", "unusual"),
    ("https://0xa9fea9fe", "unusual"),
    ("https://0xA9.0xFE.0xA9.0xFE", "unusual"),
    ("https://0251.0376.0251.0376", "unusual"),
    ("https://025177524776", "unusual"),
    ("https://169.254.43518", "unusual"),
    ("https://169.16689662", "unusual"),
    ("https://169.254.169.254.", "unusual"),
    ("https://[::ffff:169.254.169.254]", "unusual"),
    ("https://[::ffff:a9fe:a9fe]", "reserved"),
    ("https://[::a9fe:a9fe]", "reserved"),
    ("https://[64:ff9b::a9fe:a9fe]", "reserved"),
    ("https://[2002:a9fe:a9fe::1]", "reserved"),
    ("https://[fd00:ec2::254]", "reserved"),
    ("https://[fd20:ce::254]", "reserved"),
    ("https://[fe80::a9fe:a9fe]", "reserved"),
    ("https://[fe80::1%25eth0]", "character"),
    ("https://168.63.129.16", "reserved"),
    ("https://100.100.100.200", "reserved"),
    ("https://192.0.0.192", "reserved"),
    ("https://169.254.170.2", "reserved"),
    ("https://metadata.google.internal", "tells machines their secrets"),
    ("https://METADATA.google.INTERNAL", "tells machines their secrets"),
    ("https://metadata.google.internal.", "no dot at its end"),
    ("https://metadata", "tells machines their secrets"),
    ("https://instance-data.ec2.internal", "tells machines their secrets"),
    // The company's own network.
    ("https://10.0.0.1", "private network"),
    ("https://172.16.0.1", "private network"),
    ("https://192.168.0.1", "private network"),
    ("https://100.64.0.1", "private network"),
    ("https://[fc00::1]", "private network"),
    ("https://[fd12:3456:789a::1]", "private network"),
    ("https://[::ffff:a00:1]", "private network"),
    ("https://167772161", "unusual"),
    ("https://0300.0250.0.1", "unusual"),
    ("https://[64:ff9b::a00:1]", "private network"),
    // Whose host is it?
    ("https://login.microsoftonline.com@evil.example", "user name"),
    ("https://login.microsoftonline.com:x@evil.example", "user name"),
    ("https://user@login.microsoftonline.com", "user name"),
    ("https://evil.example\\@login.microsoftonline.com", "user name"),
    ("https://evil.example\\.contoso.com", "character"),
    ("https:\\\\evil.example", "character"),
    ("https://login.microsoftonline.com%2eevil.example", "character"),
    ("https://%6cocalhost", "character"),
    ("https://evil.example#login.microsoftonline.com", "must end before"),
    ("https://evil.example?login.microsoftonline.com", "must end before"),
    ("https://evil.example#@login.microsoftonline.com", "user name"),
    ("https:/login.microsoftonline.com", "names no host"),
    ("https:///login.microsoftonline.com", "unusual"),
    ("https:login.microsoftonline.com", "names no host"),
    ("//login.microsoftonline.com", "is no address"),
    // Characters that are not what they look like.
    ("https://login\t.microsoftonline.com", "character"),
    ("https://login\n.microsoftonline.com", "character"),
    ("https://login .microsoftonline.com", "character"),
    ("https://\u{ff11}\u{ff12}\u{ff17}.0.0.1", "character"),
    ("https://\u{2460}\u{2461}\u{2466}.0.0.1", "character"),
    ("https://login\u{3002}microsoftonline\u{3002}com", "character"),
    ("https://login\u{ff0e}microsoftonline.com", "character"),
    ("https://l\u{43e}gin.microsoftonline.com", "character"),
    ("https://lo\u{200b}gin.microsoftonline.com", "character"),
    ("https://login.microsoft\u{ad}online.com", "character"),
    // Ports, paths, schemes.
    ("https://contoso.com:0", "port 0"),
    ("https://contoso.com:65536", "is no address"),
    ("https://contoso.com/a/../b", "path in an unusual way"),
    ("https://contoso..com", "no name of a machine"),
    ("file:///etc/passwd", "has to begin with https"),
    ("gopher://127.0.0.1:6379/_FLUSHALL", "has to begin with https"),
    ("ftp://contoso.com", "has to begin with https"),
];

#[test]
fn addresses_that_lead_astray_are_refused_in_words() {
    let mut taken = Vec::new();
    for (text, expected) in ASTRAY {
        match RULES.safe_url(text) {
            Ok(url) => taken.push(format!("{text} was taken for {url}")),
            Err(message) if message.contains(expected) => {}
            Err(message) => taken.push(format!("expected {expected:?} for {text}: {message}")),
        }
        assert!(RULES.safe_origin(text).is_err(), "{text} as an origin");
    }
    assert!(taken.is_empty(), "{}", taken.join("\n"));
}

#[test]
fn on_premises_private_addresses_are_taken_and_metadata_never() {
    for (text, expected) in ASTRAY {
        let taken = ON_PREMISES.safe_url(text).is_ok();
        assert_eq!(taken, expected == "private network", "{text}");
    }
    let plain = ON_PREMISES.safe_url("http://10.0.0.1").unwrap_err();
    assert!(plain.contains("http:// only for this machine"), "{plain}");
}
