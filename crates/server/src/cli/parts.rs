use std::sync::Arc;

use clap::ArgMatches;

use super::args;
use crate::clock::{SharedClock, SystemClock};
use crate::config::{self, Config, Credential, Network};
use crate::http_client;
use crate::store::{Store, networks};
use crate::sync::Engine;
use crate::talent_client::{Http, TalentClient};

/// What the commands work with, put together from the settings.
pub(super) struct Parts {
    pub(super) config: Config,
    pub(super) clock: SharedClock,
    pub(super) store: Store,
    pub(super) http: reqwest::Client,
    /// In the order of the configuration.
    pub(super) networks: Vec<Wired>,
}

/// One network, with everything that works for it.
pub(super) struct Wired {
    pub(super) id: String,
    pub(super) network: Network,
    pub(super) talent: Arc<TalentClient>,
    pub(super) engine: Engine,
}

/// Reads the settings, opens the database and brings it up to date.
pub(super) async fn build(matches: &ArgMatches) -> Result<Parts, String> {
    let config = config::load(args::layers(matches))
        .map_err(|error| format!("the settings cannot be used:\n{error}"))?;
    let clock: SharedClock = Arc::new(SystemClock);
    let store = Store::connect(&config.server.database_url)
        .await
        .map_err(|error| format!("the database (ELOOPS_DATABASE_URL) cannot be used: {error}"))?;
    let http = http_client::build(config.server.private)
        .map_err(|error| format!("TLS cannot be set up on this machine: {error}"))?;
    let mut wired = Vec::new();
    for network in &config.networks {
        if let Credential::Certificate(certificate) = &network.entra.credential
            && let Some(warning) = certificate.warning(clock.now())
        {
            tracing::warn!(network = network.name, "{warning}");
        }
        let id = network_id(&store, network, &clock).await?;
        let transport = Arc::new(Http::new(http.clone()));
        let talent = Arc::new(TalentClient::new(network, transport, clock.clone()));
        let engine = Engine::new(
            store.clone(),
            clock.clone(),
            id.clone(),
            network.clone(),
            talent.clone(),
        );
        wired.push(Wired {
            id,
            network: network.clone(),
            talent,
            engine,
        });
    }
    Ok(Parts {
        config,
        clock,
        store,
        http,
        networks: wired,
    })
}

async fn network_id(
    store: &Store,
    network: &Network,
    clock: &SharedClock,
) -> Result<String, String> {
    let ensure = async {
        let mut tx = store.write().await?;
        let id =
            networks::ensure(&mut tx, &network.entra.tenant, &network.name, clock.now()).await?;
        tx.commit().await?;
        Ok::<_, crate::store::StoreError>(id)
    };
    ensure
        .await
        .map_err(|error| format!("the database (ELOOPS_DATABASE_URL) cannot be written: {error}"))
}
