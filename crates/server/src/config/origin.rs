use url::{Host, Url};

use super::layers::Settings;
use crate::destination::{Private, Reach, is_metadata_name, reach};

const HELP: &str = "give an address such as https://eloops.contoso.com";

/// What configured addresses may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rules(Private);

impl Rules {
    /// As the settings say.
    pub(super) fn of(settings: &Settings) -> Self {
        Self(private(settings).unwrap_or_default())
    }

    /// An address to which secrets or people go: https, or http on this machine only.
    ///
    /// It has to be written just as it is understood: no other spelling of a host (`0x7f.1`, `127.1`, full-width
    /// digits, a trailing dot), no user, query or fragment, so that nobody reads it differently than the client
    /// that sends a secret there.
    pub(super) fn safe_url(self, text: &str) -> Result<Url, String> {
        let text = text.trim();
        plain(text)?;
        let url = Url::parse(text)
            .map_err(|error| format!("\"{text}\" is no address ({error}); {HELP}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(format!("\"{text}\" has to begin with https://"));
        }
        let host = as_written(text, &url)?;
        let this_machine = self.judge(&host)?;
        if url.scheme() != "https" && !this_machine {
            return Err(format!(
                "\"{text}\" has to begin with https:// (http:// only for this machine)"
            ));
        }
        if url.port() == Some(0) {
            return Err(format!("\"{text}\" names port 0, which nobody can reach"));
        }
        Ok(url)
    }

    /// As [`Self::safe_url`], without a path: scheme, host and port.
    pub(super) fn safe_origin(self, text: &str) -> Result<String, String> {
        if text.contains('*') {
            return Err(format!(
                "\"{text}\" holds a wildcard; name each origin in full, such as https://contoso.crm.dynamics.com"
            ));
        }
        let url = self.safe_url(text)?;
        if url.path() != "/" {
            return Err(format!(
                "\"{text}\" must be an origin without a path, such as https://contoso.com"
            ));
        }
        Ok(url.origin().ascii_serialization())
    }

    /// Origins separated by spaces or commas.
    pub(super) fn origins(self, text: &str) -> Result<Vec<String>, String> {
        words(text).map(|word| self.safe_origin(word)).collect()
    }

    /// Sources of a Content-Security-Policy: origins, and hosts with a wildcard such as `https://*.dynamics.com`
    /// (CSP Level 3 §2.3.1).
    pub(super) fn ancestors(self, text: &str) -> Result<Vec<String>, String> {
        words(text)
            .map(|word| match word.strip_prefix("https://*.") {
                Some(rest) => self
                    .safe_origin(&format!("https://{rest}"))
                    .map(|origin| origin.replacen("https://", "https://*.", 1)),
                None => self.safe_origin(word),
            })
            .collect()
    }

    /// Whether the host is this machine; an error for those that are no destination.
    fn judge(self, host: &Host<&str>) -> Result<bool, String> {
        let address = match host {
            Host::Domain("localhost") => return Ok(true),
            Host::Domain(name) if name.ends_with(".localhost") => {
                return Err(format!("{name} is this machine; write localhost"));
            }
            Host::Domain(name) if is_metadata_name(name) => {
                return Err(format!(
                    "{name} is where a cloud tells machines their secrets; it is never asked"
                ));
            }
            Host::Domain(_) => return Ok(false),
            Host::Ipv4(address) => (*address).into(),
            Host::Ipv6(address) => (*address).into(),
        };
        match (reach(address), self.0) {
            (Reach::Loopback, _) => Ok(true),
            (Reach::Public, _) | (Reach::Private, Private::Allowed) => Ok(false),
            (Reach::Private, Private::Refused) => Err(format!(
                "{address} is an address of a private network; set ELOOPS_ALLOW_PRIVATE_ADDRESSES=on if it is meant"
            )),
            (Reach::Forbidden, _) => Err(format!(
                "{address} is a link-local, metadata or reserved address; it is never asked"
            )),
        }
    }
}

/// `allow_private_addresses`, on or off.
pub(super) fn private(settings: &Settings) -> Option<Private> {
    settings.read("allow_private_addresses", 0, |text| match text.trim() {
        "on" => Ok(Private::Allowed),
        "off" => Ok(Private::Refused),
        other => Err(format!("\"{other}\" has to be on or off")),
    })
}

/// Nothing that one reader passes over and another takes for a part of the address.
fn plain(text: &str) -> Result<(), String> {
    if text.contains('@') {
        return Err("the address must not hold a user name or password".to_owned());
    }
    if text.contains(['?', '#']) {
        return Err(format!("\"{text}\" must end before ? and #"));
    }
    if let Some(odd) = text
        .chars()
        .find(|c| !c.is_ascii_graphic() || matches!(c, '\\' | '%'))
    {
        return Err(format!(
            "the address holds the character {odd:?}, which no address here needs; {HELP} (names with other \
             letters in punycode, xn--…)"
        ));
    }
    Ok(())
}

/// The host, if the text spells it out.
fn as_written<'u>(text: &str, url: &'u Url) -> Result<Host<&'u str>, String> {
    let no_host = || format!("\"{text}\" names no host; {HELP}");
    let (host, shown) = (
        url.host().ok_or_else(no_host)?,
        url.host_str().ok_or_else(no_host)?,
    );
    let (_, rest) = text.split_once("://").ok_or_else(no_host)?;
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let written = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => host,
        _ => authority,
    };
    if !written.eq_ignore_ascii_case(shown) {
        return Err(format!(
            "\"{text}\" spells its host in an unusual way; write {shown} if that is meant"
        ));
    }
    let path = if path.is_empty() { "/" } else { path };
    if path != url.path() {
        return Err(format!(
            "\"{text}\" spells its path in an unusual way; write {} if that is meant",
            url.path()
        ));
    }
    let labels = matches!(host, Host::Domain(_)).then(|| shown.split('.'));
    let named = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    if labels.is_some_and(|mut labels| !labels.all(named)) {
        return Err(format!(
            "\"{text}\" names the host {shown}, which is no name of a machine; no dot at its end, only letters, \
             digits and hyphens"
        ));
    }
    Ok(host)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ' ', '\n', '\t'])
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests;
