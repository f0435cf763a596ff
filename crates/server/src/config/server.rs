use std::net::{SocketAddr, ToSocketAddrs};
use std::num::NonZeroU32;

use ipnet::IpNet;
use url::Url;

use super::{Secret, layers::Settings, origin, proxies};
use crate::destination::Private;

/// Where the server stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// How browsers reach it; https, or http on this machine.
    pub public_url: Url,
    /// `sqlite://…` or `postgres://…`. May hold a password: never log it.
    pub database_url: String,
    /// Origins whose scripts may call the API with a bearer.
    pub api_origins: Vec<String>,
    /// Requests a minute that one caller may send; none for no limit.
    pub rate_limit: Option<NonZeroU32>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Whether addresses of private networks may be connected to.
    pub private: Private,
    /// From which the key for tokens at rest is derived; without it, from the app's credential.
    pub secret_key: Option<Secret>,
}

impl Server {
    pub(super) fn read(settings: &Settings) -> Option<Self> {
        let rules = origin::Rules::of(settings);
        let listen = settings.read("listen", 0, |text| {
            text.to_socket_addrs()
                .ok()
                .and_then(|mut addresses| addresses.next())
                .ok_or_else(|| format!("\"{text}\" is no address and port, such as 127.0.0.1:7400"))
        });
        let public_url = settings.read("public_url", 0, |text| rules.safe_url(text));
        let database_url = settings.read("database_url", 0, |text| {
            let known = ["sqlite:", "postgres:", "postgresql:"];
            if known.iter().any(|scheme| text.starts_with(scheme)) {
                Ok(text.to_owned())
            } else {
                Err(
                    "has to begin with sqlite:// or postgres://, such as sqlite://eloops.db"
                        .to_owned(),
                )
            }
        });
        let api_origins = settings.read("api_origins", 0, |text| rules.origins(text));
        let rate_limit = settings.read("rate_limit", 0, requests);
        let trusted_proxies = settings.read("trusted_proxies", 0, proxies::parse);
        let private = origin::private(settings);
        let secret_key = match settings.find("secret_key", 0) {
            Some(_) => Some(settings.read("secret_key", 0, |text| {
                let text = text.trim();
                if text.len() < 32 {
                    return Err(
                        "has to have at least 32 characters, such as `openssl rand -hex 32` gives"
                            .to_owned(),
                    );
                }
                Ok(Secret::new(text))
            })?),
            None => None,
        };
        Some(Self {
            listen: listen?,
            public_url: public_url?,
            database_url: database_url?,
            api_origins: api_origins?,
            rate_limit: rate_limit?,
            trusted_proxies: trusted_proxies?,
            private: private?,
            secret_key,
        })
    }
}

/// Requests a minute, or `off`.
fn requests(text: &str) -> Result<Option<NonZeroU32>, String> {
    match text.trim() {
        "off" => Ok(None),
        number => number.parse().map(Some).map_err(|_| {
            format!("\"{text}\" is no number of requests a minute such as 600; off switches it off")
        }),
    }
}
