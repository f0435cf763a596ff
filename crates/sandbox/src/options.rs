//! How the sandbox is started.

use std::{convert::Infallible, net::SocketAddr, path::PathBuf, str::FromStr};

use url::Url;

use crate::TENANT;

/// What the `talent-sandbox` command takes; [`Options::default`] is meant for tests.
#[derive(Debug, Clone, clap::Parser)]
#[command(
    name = "talent-sandbox",
    version,
    about = "Stands in for Microsoft's side: sign-in, Talent's OData and the worker form"
)]
pub struct Options {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7410")]
    pub listen: SocketAddr,

    /// Folder with a workers.csv, or a number: a made-up company of that many workers
    #[arg(long, value_name = "DIR|N", default_value = "data/adventure-works")]
    pub company: CompanySource,

    /// Most rows in one OData answer
    #[arg(long, value_name = "ROWS", default_value_t = 10_000,
        value_parser = clap::value_parser!(u32).range(1..))]
    pub page_size: u32,

    /// Seed of the made-up company and its portraits
    #[arg(long, default_value_t = 1)]
    pub seed: u64,

    /// Where Eloops runs: the frame on the worker form, and the sign-in's way back
    #[arg(long, value_name = "URL", default_value = "http://localhost:7400")]
    pub eloops_url: Url,

    /// Id of the Entra tenant; another one stands in for another customer
    #[arg(long, value_name = "GUID", default_value = TENANT)]
    pub tenant: String,

    /// Origin people reach the sandbox by, when it is not the address it listens on
    #[arg(long, value_name = "URL")]
    pub public_url: Option<Url>,

    /// Public certificate of eloops-server, PEM: it may sign client assertions with its key
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,

    /// Start without the custom fields EloopsCoins and EloopsUploads
    #[arg(long)]
    pub without_custom_fields: bool,
}

impl Default for Options {
    /// A free port and a made-up company of twenty workers.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            company: CompanySource::MadeUp(20),
            page_size: 10_000,
            seed: 1,
            eloops_url: Url::from_str("http://localhost:7400").unwrap_or_else(|_| unreachable!()),
            tenant: TENANT.to_owned(),
            public_url: None,
            certificate: None,
            without_custom_fields: false,
        }
    }
}

/// Where the workers come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompanySource {
    /// A folder with a `workers.csv` like `data/adventure-works`.
    Folder(PathBuf),
    /// A made-up company of this many workers, the same for the same seed.
    MadeUp(u32),
}

impl FromStr for CompanySource {
    type Err = Infallible;

    /// A whole number is a size, everything else a folder (write `./290` for a folder called 290).
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text
            .parse()
            .map_or_else(|_| Self::Folder(PathBuf::from(text)), Self::MadeUp))
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn the_documented_flags_are_understood() {
        let options = Options::try_parse_from([
            "talent-sandbox",
            "--listen",
            "127.0.0.1:0",
            "--company",
            "500",
            "--page-size",
            "50",
            "--seed",
            "7",
            "--eloops-url",
            "http://localhost:1",
            "--without-custom-fields",
        ])
        .unwrap();
        assert_eq!(options.company, CompanySource::MadeUp(500));
        assert_eq!((options.page_size, options.seed), (50, 7));
        assert!(options.without_custom_fields);
    }

    #[test]
    fn defaults_are_those_of_the_contract() {
        let options = Options::try_parse_from(["talent-sandbox"]).unwrap();
        assert_eq!(options.listen.to_string(), "127.0.0.1:7410");
        assert_eq!(
            options.company,
            CompanySource::Folder("data/adventure-works".into())
        );
        assert_eq!(options.page_size, 10_000);
        assert_eq!(options.eloops_url.as_str(), "http://localhost:7400/");
    }

    #[test]
    fn a_page_of_no_rows_is_refused() {
        assert!(Options::try_parse_from(["talent-sandbox", "--page-size", "0"]).is_err());
    }
}
