//! The table of settings.

/// What a setting belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The server.
    Server,
    /// A network: its own value in each `[[network]]`.
    Network,
}

/// One setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its name in `eloops.toml`; the flag has hyphens, the variable is in capitals.
    pub name: &'static str,
    /// What it belongs to.
    pub scope: Scope,
    /// The value when nothing is set.
    pub default: Option<&'static str>,
    /// What it means, for `--help`.
    pub help: &'static str,
}

impl Key {
    /// `--database-url`, without the hyphens in front.
    #[must_use]
    pub fn flag(&self) -> String {
        self.name.replace('_', "-")
    }

    /// `ELOOPS_DATABASE_URL`.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("ELOOPS_{}", self.name.to_ascii_uppercase())
    }
}

const fn server(name: &'static str, default: Option<&'static str>, help: &'static str) -> Key {
    Key {
        name,
        scope: Scope::Server,
        default,
        help,
    }
}

const fn network(name: &'static str, default: Option<&'static str>, help: &'static str) -> Key {
    Key {
        name,
        scope: Scope::Network,
        default,
        help,
    }
}

/// All settings.
pub const KEYS: &[Key] = &[
    server(
        "listen",
        Some("127.0.0.1:7400"),
        "address and port to listen on",
    ),
    server(
        "public_url",
        Some("http://localhost:7400"),
        "address by which browsers reach the server",
    ),
    server(
        "database_url",
        Some("sqlite://eloops.db"),
        "sqlite://FILE or postgres://…",
    ),
    server(
        "media_url",
        Some("file://./media"),
        "file://FOLDER or s3://BUCKET/PREFIX",
    ),
    server(
        "frame_dir",
        None,
        "folder of the built frame; found beside the program by default",
    ),
    server(
        "frame_ancestors",
        Some(""),
        "origins that may embed the frame, separated by spaces or commas",
    ),
    server(
        "token_hosts",
        Some(""),
        "origins of pages that may hand the frame a token, exactly",
    ),
    server(
        "api_origins",
        Some(""),
        "origins whose scripts may call the API with a bearer",
    ),
    server(
        "rate_limit",
        Some("600"),
        "requests a minute that one caller may send, on average; off for no limit",
    ),
    server(
        "trusted_proxies",
        Some(""),
        "addresses or ranges of proxies whose X-Forwarded-For is believed",
    ),
    server(
        "allow_private_addresses",
        Some("off"),
        "on where Talent runs on premises: addresses of private networks may be connected to",
    ),
    server(
        "secret_key",
        None,
        "32 characters or more that seal tokens at rest; the client secret or certificate's key by default",
    ),
    network("tenant", None, "Microsoft Entra tenant id"),
    network(
        "authority",
        Some("https://login.microsoftonline.com"),
        "root of Microsoft's sign-in",
    ),
    network(
        "client_id",
        None,
        "application (client) id of the app registration",
    ),
    network("client_secret", None, "its client secret"),
    network(
        "client_secret_file",
        None,
        "file that holds the client secret",
    ),
    network(
        "client_certificate",
        None,
        "instead of a secret: PEM text, or a PEM file, with its certificate and RSA private key",
    ),
    network(
        "client_certificate_file",
        None,
        "PEM file with its certificate and RSA private key",
    ),
    network(
        "audience",
        Some("api://eloops"),
        "audiences that the API accepts, separated by commas",
    ),
    network(
        "allowed_clients",
        Some(""),
        "ids of the client applications whose tokens the API accepts, separated by commas; all by default",
    ),
    network(
        "talent_kind",
        Some("finance-operations"),
        "finance-operations or talent",
    ),
    network(
        "talent_url",
        None,
        "environment root, e.g. https://contoso.operations.dynamics.com",
    ),
    network(
        "talent_coins_field",
        Some("EloopsCoins"),
        "custom field for the coin balance",
    ),
    network(
        "talent_uploads_field",
        Some("EloopsUploads"),
        "custom field for the number of uploads",
    ),
    network(
        "sync_every",
        Some("5m"),
        "time between scheduled syncs, such as 5m; off for none",
    ),
    network(
        "guard_percent",
        Some("20"),
        "share of members a run may deactivate",
    ),
    network(
        "guard_count",
        Some("50"),
        "number of members a run may deactivate",
    ),
    network(
        "guard_shrink_percent",
        Some("80"),
        "share of the last feed below which a run stops",
    ),
    network(
        "missing_grace",
        Some("3d"),
        "time before a worker who vanished from the feed is deactivated",
    ),
    network("photo_coins", Some("10"), "coins for a photo"),
    network("video_coins", Some("25"), "coins for a video"),
];

/// The setting of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

/// The name most like `name`, if one is near.
#[must_use]
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, known)| *distance <= 1 + known.len() / 4)
        .min()
        .map(|(_, known)| known)
}
