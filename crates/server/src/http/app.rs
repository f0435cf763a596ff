use std::path::PathBuf;
use std::sync::Arc;

use ipnet::IpNet;
use thiserror::Error;
use tokio::sync::Semaphore;

use crate::auth::authority::Authority;
use crate::auth::keys::KeyCache;
use crate::auth::oauth::TokenEndpoint;
use crate::auth::seal::{SealError, Sealer};
use crate::auth::token::Policy;
use crate::auth::user_tokens::UserTokens;
use crate::auth::visits::Visits;
use crate::clock::SharedClock;
use crate::config::{Config, MediaUrl, Network, Secret};
use crate::http::plumbing::rate_limit::RateLimits;
use crate::http::sign_in::Throttle;
use crate::media::{MediaError, MediaStore};
use crate::store::Store;
use crate::sync::Engine;
use crate::talent_client::TalentClient;

/// Photos made anew at the same time; each may take some 200 MB while it lasts.
const PHOTOS_AT_ONCE: usize = 2;

/// What the handlers work with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    public_origin: String,
    api_origins: Vec<String>,
    frame_dir: Option<PathBuf>,
    frame_ancestors: Vec<String>,
    token_hosts: Vec<String>,
    store: Store,
    media: MediaStore,
    clock: SharedClock,
    spaces: Vec<Arc<Space>>,
    trusted_proxies: Vec<IpNet>,
    rate_limits: RateLimits,
    throttle: Throttle,
    visits: Visits,
    photos: Semaphore,
}

/// One network as the web server needs it.
pub struct Space {
    /// The network's id in the database.
    pub id: String,
    /// Its settings.
    pub config: Network,
    /// The edge to Talent.
    pub talent: Arc<TalentClient>,
    /// The sync.
    pub engine: Engine,
    /// The sign-in service's keys.
    pub keys: KeyCache<Authority>,
    /// The sign-in service's documents.
    pub authority: Arc<Authority>,
    /// Codes and tokens.
    pub tokens: Arc<TokenEndpoint>,
    /// Users' tokens for Talent.
    pub user_tokens: UserTokens,
    /// Seals users' tokens at rest.
    pub sealer: Sealer,
    /// Whose tokens are believed.
    pub policy: Policy,
}

/// What is made before the web server: one for each network.
pub struct NetworkParts {
    /// The network's id, from [`crate::store::networks::ensure`].
    pub id: String,
    /// Its settings.
    pub config: Network,
    /// The edge to Talent.
    pub talent: Arc<TalentClient>,
    /// The sync.
    pub engine: Engine,
}

/// Why the web server cannot be made.
#[derive(Debug, Error)]
pub enum AppError {
    /// The media store cannot be opened.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// No key for stored tokens.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The settings name no network.
    #[error("the settings name no network; set ELOOPS_TENANT and the app registration")]
    NoNetwork,
}

impl Space {
    fn new(
        parts: NetworkParts,
        secret_key: Option<&Secret>,
        http: &reqwest::Client,
        clock: &SharedClock,
    ) -> Result<Self, AppError> {
        let entra = &parts.config.entra;
        let authority = Arc::new(Authority::new(
            entra.authority.clone(),
            entra.tenant.clone(),
            http.clone(),
        ));
        let tokens = Arc::clone(parts.talent.token_endpoint());
        Ok(Self {
            keys: KeyCache::new(Arc::clone(&authority)),
            user_tokens: UserTokens::new(
                Arc::clone(&tokens),
                parts.config.talent.root.scope(),
                Arc::clone(clock),
            ),
            sealer: Sealer::new(secret_key.unwrap_or(entra.credential.sealing_secret()))?,
            policy: Policy {
                audiences: entra.audiences.clone(),
                tenants: vec![entra.tenant.clone()],
                clients: entra.allowed_clients.clone(),
                sign_in_client: entra.client_id.clone(),
            },
            authority,
            tokens,
            id: parts.id,
            talent: parts.talent,
            engine: parts.engine,
            config: parts.config,
        })
    }

    /// The audience of our API that tokens are asked for: the first of those accepted.
    #[must_use]
    pub fn api_audience(&self) -> &str {
        let audiences = &self.config.entra.audiences;
        audiences.first().map_or("api://eloops", String::as_str)
    }

    /// The delegated scope of our API, asked for at sign-in.
    #[must_use]
    pub fn api_scope(&self) -> String {
        format!("{}/{}", self.api_audience(), crate::auth::principal::SCOPE)
    }
}

impl App {
    /// Puts the parts together; asks nothing of the network yet.
    ///
    /// # Errors
    /// See [`AppError`].
    pub fn new(
        config: &Config,
        store: Store,
        clock: SharedClock,
        http: &reqwest::Client,
        networks: Vec<NetworkParts>,
    ) -> Result<Self, AppError> {
        let media = match &config.media {
            MediaUrl::Folder(folder) => MediaStore::folder(folder)?,
            MediaUrl::S3 { bucket, prefix } => MediaStore::s3(bucket, prefix)?,
        };
        let spaces: Vec<_> = networks
            .into_iter()
            .map(|parts| {
                let secret_key = config.server.secret_key.as_ref();
                Space::new(parts, secret_key, http, &clock).map(Arc::new)
            })
            .collect::<Result<_, _>>()?;
        if spaces.is_empty() {
            return Err(AppError::NoNetwork);
        }
        Ok(Self(Arc::new(Inner {
            public_origin: config.server.public_url.origin().ascii_serialization(),
            api_origins: config.server.api_origins.clone(),
            frame_dir: super::frame::find(config.frame.dir.as_deref()),
            frame_ancestors: config.frame.ancestors.clone(),
            token_hosts: config.frame.token_hosts.clone(),
            store,
            media,
            trusted_proxies: config.server.trusted_proxies.clone(),
            rate_limits: RateLimits::new(config.server.rate_limit, &clock),
            throttle: Throttle::new(Arc::clone(&clock)),
            visits: Visits::default(),
            clock,
            spaces,
            photos: Semaphore::new(PHOTOS_AT_ONCE),
        })))
    }

    /// The database.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Photos and videos.
    #[must_use]
    pub fn media(&self) -> &MediaStore {
        &self.0.media
    }

    /// The time.
    #[must_use]
    pub fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    /// Every network.
    #[must_use]
    pub fn spaces(&self) -> &[Arc<Space>] {
        &self.0.spaces
    }

    /// The network with this id.
    #[must_use]
    pub fn space(&self, id: &str) -> Option<&Arc<Space>> {
        self.0.spaces.iter().find(|space| space.id == id)
    }

    /// The network of an Entra tenant.
    #[must_use]
    pub fn space_of_tenant(&self, tenant: &str) -> Option<&Arc<Space>> {
        self.0
            .spaces
            .iter()
            .find(|space| space.config.entra.tenant.eq_ignore_ascii_case(tenant))
    }

    /// The origin by which browsers reach us, such as `https://eloops.contoso.com`.
    #[must_use]
    pub fn public_origin(&self) -> &str {
        &self.0.public_origin
    }

    /// Whether browsers reach us by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.public_origin.starts_with("https://")
    }

    /// Other origins whose scripts may call us.
    #[must_use]
    pub fn api_origins(&self) -> &[String] {
        &self.0.api_origins
    }

    /// The built frame's folder, where there is one.
    #[must_use]
    pub fn frame_dir(&self) -> Option<&std::path::Path> {
        self.0.frame_dir.as_deref()
    }

    /// Who may embed the frame.
    #[must_use]
    pub fn frame_ancestors(&self) -> &[String] {
        &self.0.frame_ancestors
    }

    /// Origins of pages that may hand the frame a token.
    #[must_use]
    pub fn token_hosts(&self) -> &[String] {
        &self.0.token_hosts
    }

    /// Proxies whose `X-Forwarded-For` is believed.
    #[must_use]
    pub fn trusted_proxies(&self) -> &[IpNet] {
        &self.0.trusted_proxies
    }

    /// How much one caller may ask for.
    #[must_use]
    pub fn rate_limits(&self) -> &RateLimits {
        &self.0.rate_limits
    }

    /// Limits how often sign-ins begin.
    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    /// Who is looking at whom.
    pub(crate) fn visits(&self) -> &Visits {
        &self.0.visits
    }

    /// Turns for making photos anew.
    pub(crate) fn photos(&self) -> &Semaphore {
        &self.0.photos
    }

    /// Seconds since 1970, as tokens count them.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.0.clock.seconds()
    }
}
