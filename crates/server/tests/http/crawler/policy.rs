//! What each kind of answer has to carry.

use reqwest::Response;

use super::ANCESTOR;

/// Kinds of routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The API: somebody's own data.
    Private,
    /// Pages and answers of the sign-in.
    SignIn,
    /// Microsoft's answer comes back to it, out of another site's window.
    Callback,
    /// Files that other sites may embed.
    Frame,
    /// What anybody may keep for a minute.
    Public,
    /// The documentation.
    Docs,
    /// Health, measurements, nothing.
    Plain,
}

const NOTHING: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Asserts all headers of an answer.
pub(super) fn check(answer: &Response, kind: Kind, https: bool, what: &str) {
    let headers = answer.headers();
    let one = |name: &str| {
        let values: Vec<_> = headers.get_all(name).iter().collect();
        assert_eq!(values.len(), 1, "{name} stands once: {what}: {values:?}");
        values[0].to_str().unwrap().to_owned()
    };
    let policy = one("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; "),
        "{what}: {policy}"
    );
    assert!(policy.contains("base-uri 'none'"), "{what}: {policy}");
    for never in [
        "'unsafe-inline'",
        "'unsafe-eval'",
        "*",
        "http:",
        "'unsafe-hashes'",
    ] {
        assert!(!policy.contains(never), "{never} in {what}: {policy}");
    }
    let framed = policy.rsplit("frame-ancestors ").next().unwrap();
    let framed = framed.split(';').next().unwrap();
    let problem = headers
        .get("content-type")
        .is_some_and(|value| value == "application/problem+json");
    match kind {
        Kind::Frame if answer.status().is_success() => {
            assert_eq!(framed, ANCESTOR, "{what}");
            assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"));
            assert!(policy.contains("require-trusted-types-for 'script'"));
        }
        Kind::Private if headers.contains_key("content-disposition") => {
            assert_eq!(policy, format!("{NOTHING}; sandbox"), "{what}");
        }
        Kind::Private | Kind::Plain | Kind::Public => assert_eq!(policy, NOTHING, "{what}"),
        _ if problem && kind != Kind::Frame && kind != Kind::Docs => {
            assert_eq!(policy, NOTHING, "{what}");
        }
        _ => {}
    }
    if framed == ANCESTOR {
        assert_eq!(kind, Kind::Frame, "{what}");
        assert!(!headers.contains_key("x-frame-options"), "{what}");
        assert_eq!(one("cross-origin-resource-policy"), "cross-origin");
    } else {
        assert_eq!(framed, "'none'", "{what}");
        assert_eq!(one("x-frame-options"), "DENY", "{what}");
        assert_eq!(one("cross-origin-resource-policy"), "same-origin");
    }
    assert_eq!(one("x-content-type-options"), "nosniff", "{what}");
    let referrer = if kind == Kind::SignIn {
        "same-origin"
    } else {
        "no-referrer"
    };
    assert_eq!(one("referrer-policy"), referrer, "{what}");
    let devices = one("permissions-policy");
    for feature in devices.split(", ") {
        assert!(feature.ends_with("=()"), "{feature} on {what}");
    }
    for feature in ["camera", "microphone", "geolocation", "usb", "payment"] {
        assert!(
            devices.contains(&format!("{feature}=()")),
            "{what}: {devices}"
        );
    }
    if kind == Kind::Callback {
        assert!(
            !headers.contains_key("cross-origin-opener-policy"),
            "{what}"
        );
    } else {
        assert_eq!(one("cross-origin-opener-policy"), "same-origin", "{what}");
    }
    match headers.get("strict-transport-security") {
        Some(value) => {
            assert!(https, "no promise of https without it: {what}");
            assert_eq!(value, "max-age=63072000; includeSubDomains", "{what}");
        }
        None => assert!(!https, "https only: {what}"),
    }
    let caching = one("cache-control");
    match kind {
        Kind::Frame => assert!(!caching.contains("private"), "{what}: {caching}"),
        Kind::Private if answer.status().is_success() || answer.status() == 304 => {
            let known = ["no-store", "private, no-cache", "private, max-age=300"];
            assert!(known.contains(&caching.as_str()), "{what}: {caching}");
        }
        Kind::Public if answer.status().is_success() => assert_eq!(caching, "public, max-age=60"),
        Kind::Docs if answer.status().is_success() => {}
        _ => assert_eq!(caching, "no-store", "{what}"),
    }
    for name in [
        "server",
        "x-powered-by",
        "via",
        "access-control-allow-origin",
    ] {
        assert!(!headers.contains_key(name), "{name} on {what}");
    }
    let picture = headers
        .get("content-type")
        .is_some_and(|kind| kind.as_bytes().starts_with(b"image/"));
    if kind == Kind::Private && picture {
        assert!(headers.contains_key("content-disposition"), "{what}");
    }
    assert!(
        !headers.contains_key("set-cookie"),
        "no cookie without a sign-in: {what}"
    );
    assert!(one("x-request-id").len() >= 8, "{what}");
    if answer.status().as_u16() >= 400 && kind != Kind::SignIn && kind != Kind::Callback {
        assert!(problem, "{what} is no problem details");
    }
}
