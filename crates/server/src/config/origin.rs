use std::net::IpAddr;

use url::{Host, Url};

/// An address to which secrets or people go: https, or http on this machine only.
pub(super) fn safe_url(text: &str) -> Result<Url, String> {
    let help = "give an address such as https://eloops.contoso.com";
    let url = Url::parse(text.trim())
        .map_err(|error| format!("\"{text}\" is no address ({error}); {help}"))?;
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => return Err(format!("\"{text}\" names no host; {help}")),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
        return Err(format!(
            "\"{text}\" has to begin with https:// (http:// only for this machine)"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address must not hold a user name or password".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("\"{text}\" must end before ? and #"));
    }
    Ok(url)
}

/// As [`safe_url`], without a path: scheme, host and port.
pub(super) fn safe_origin(text: &str) -> Result<String, String> {
    if text.contains('*') {
        return Err(format!(
            "\"{text}\" holds a wildcard; name each origin in full, such as https://contoso.crm.dynamics.com"
        ));
    }
    let url = safe_url(text)?;
    if url.path() != "/" {
        return Err(format!(
            "\"{text}\" must be an origin without a path, such as https://contoso.com"
        ));
    }
    Ok(url.origin().ascii_serialization())
}

/// Origins separated by spaces or commas.
pub(super) fn origins(text: &str) -> Result<Vec<String>, String> {
    words(text).map(safe_origin).collect()
}

/// Sources of a Content-Security-Policy: origins, and hosts with a wildcard such as `https://*.dynamics.com`
/// (CSP Level 3 §2.3.1).
pub(super) fn ancestors(text: &str) -> Result<Vec<String>, String> {
    words(text)
        .map(|word| match word.strip_prefix("https://*.") {
            Some(rest) => safe_origin(&format!("https://{rest}"))
                .map(|origin| origin.replacen("https://", "https://*.", 1)),
            None => safe_origin(word),
        })
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\n', '\t'])
        .filter(|word| !word.is_empty())
}
