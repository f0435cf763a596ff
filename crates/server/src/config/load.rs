use super::{ConfigError, Frame, Layers, MediaUrl, Network, Server, layers::Settings};

/// All settings, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where the server stands.
    pub server: Server,
    /// Where media are kept.
    pub media: MediaUrl,
    /// The frame page.
    pub frame: Frame,
    /// The networks; at least one.
    pub networks: Vec<Network>,
}

/// Puts the layers together.
///
/// # Errors
/// Everything that is missing or wrong, at once.
pub fn load(layers: Layers) -> Result<Config, ConfigError> {
    let settings = Settings::new(layers);
    let server = Server::read(&settings);
    let media = MediaUrl::read(&settings);
    let frame = Frame::read(&settings);
    let networks: Vec<Option<Network>> = (0..settings.networks())
        .map(|at| Network::read(&settings, at))
        .collect();
    let networks: Option<Vec<Network>> = networks.into_iter().collect();
    if let Some(networks) = &networks {
        for (at, network) in networks.iter().enumerate() {
            if networks[..at]
                .iter()
                .any(|other| other.entra.tenant == network.entra.tenant)
            {
                settings.note(
                    settings.place("tenant", at),
                    "is the tenant of another network above; each network has its own",
                );
            }
        }
    }
    let problems = settings.problems.into_inner();
    match (server, media, frame, networks) {
        (Some(server), Some(media), Some(frame), Some(networks)) if problems.is_empty() => {
            Ok(Config {
                server,
                media,
                frame,
                networks,
            })
        }
        _ => Err(ConfigError(problems)),
    }
}
