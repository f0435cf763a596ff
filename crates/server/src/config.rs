//! Settings: flags win over `ELOOPS_…` variables, those over `eloops.toml`, those over the defaults.
//!
//! Every setting is one line in [`keys`]; the command line, the variables and the file all follow that
//! table. To add one: a line there, and a field in the section that reads it. Errors name the place where the bad value
//! stands, and all of them come at once.

mod certificate;
mod coins;
mod credential;
mod entra;
mod error;
mod file;
mod frame;
mod guards;
pub mod keys;
mod layers;
mod load;
mod media;
mod network;
mod origin;
mod proxies;
mod secret;
mod server;
mod span;
mod talent;

pub use certificate::{CannotSign, ClientCertificate};
pub use coins::CoinRules;
pub use credential::Credential;
pub use entra::Entra;
pub use error::{ConfigError, Problem};
pub use frame::Frame;
pub use guards::Guards;
pub use layers::Layers;
pub use load::{Config, load};
pub use media::MediaUrl;
pub use network::Network;
pub use secret::Secret;
pub use server::Server;
pub use talent::Talent;

#[cfg(test)]
pub(crate) use certificate::tests::pem_text as certificate_pem;
#[cfg(test)]
pub(crate) mod tests;
