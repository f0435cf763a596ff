use std::{collections::BTreeMap, io::Write as _, time::Duration};

use super::*;

/// The least that works, as variables.
pub(crate) fn variables() -> BTreeMap<String, String> {
    [
        ("ELOOPS_TENANT", "11111111-1111-1111-1111-111111111111"),
        ("ELOOPS_AUTHORITY", "http://127.0.0.1:7410"),
        ("ELOOPS_CLIENT_ID", "eloops-server"),
        ("ELOOPS_CLIENT_SECRET", "sandbox-secret"),
        ("ELOOPS_TALENT_URL", "http://127.0.0.1:7410"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into()
}

/// A network for tests.
pub(crate) fn network() -> Network {
    let layers = Layers {
        variables: variables(),
        ..Layers::default()
    };
    load(layers).unwrap().networks.remove(0)
}

fn with(changes: &[(&str, &str)], file: Option<&str>) -> Result<Config, String> {
    let mut variables = variables();
    for (name, value) in changes {
        variables.insert((*name).to_owned(), (*value).to_owned());
    }
    let held = file.map(|text| {
        let mut held = tempfile::NamedTempFile::new().unwrap();
        held.write_all(text.as_bytes()).unwrap();
        held
    });
    let file = held.as_ref().map(|held| held.path().to_path_buf());
    load(Layers {
        variables,
        file,
        ..Layers::default()
    })
    .map_err(|error| error.to_string())
}

#[test]
fn the_defaults_are_those_of_the_documentation() {
    let config = with(&[], None).unwrap();
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:7400");
    assert_eq!(config.server.database_url, "sqlite://eloops.db");
    assert_eq!(config.frame.ancestors, Vec::<String>::new());
    let network = &config.networks[0];
    assert_eq!(network.sync_every, Some(Duration::from_secs(300)));
    assert_eq!(
        network.guards.missing_grace,
        Some(Duration::from_secs(3 * 86_400))
    );
    assert_eq!(
        network.coins,
        CoinRules {
            photo: 10,
            video: 25
        }
    );
    assert_eq!(
        network.entra.token_endpoint(),
        "http://127.0.0.1:7410/11111111-1111-1111-1111-111111111111/oauth2/v2.0/token"
    );
}

#[test]
fn flags_win_over_variables_over_the_file() {
    let file = "listen = '127.0.0.1:1'\nphoto_coins = 1\nvideo_coins = 1\nsync_every = 'off'\n";
    let mut held = tempfile::NamedTempFile::new().unwrap();
    held.write_all(file.as_bytes()).unwrap();
    let mut variables = variables();
    variables.insert("ELOOPS_PHOTO_COINS".to_owned(), "2".to_owned());
    variables.insert("ELOOPS_LISTEN".to_owned(), "127.0.0.1:2".to_owned());
    let flags = [("listen".to_owned(), "127.0.0.1:3".to_owned())].into();
    let config = load(Layers {
        flags,
        variables,
        file: Some(held.path().to_owned()),
    })
    .unwrap();
    assert_eq!(config.server.listen.port(), 3);
    assert_eq!(config.networks[0].coins, CoinRules { photo: 2, video: 1 });
    assert_eq!(config.networks[0].sync_every, None);
}

#[test]
fn every_problem_is_told_at_once_with_its_place() {
    let error = load(Layers {
        variables: [
            ("ELOOPS_LISTEN".to_owned(), "nowhere".to_owned()),
            ("ELOOPS_SYNC_EVERY".to_owned(), "soon".to_owned()),
        ]
        .into(),
        ..Layers::default()
    })
    .unwrap_err()
    .to_string();
    for expected in [
        "ELOOPS_LISTEN: \"nowhere\" is no address and port",
        "ELOOPS_SYNC_EVERY: \"soon\" is no length of time; write a number and s, m, h or d",
        "ELOOPS_TENANT: is not set: Microsoft Entra tenant id",
        "ELOOPS_CLIENT_ID: is not set",
        "ELOOPS_CLIENT_SECRET: is not set",
        "ELOOPS_TALENT_URL: is not set",
    ] {
        assert!(
            error.contains(expected),
            "expected {expected:?} in:\n{error}"
        );
    }
}

#[test]
fn bad_values_are_refused_in_words() {
    for (name, value, expected) in [
        (
            "ELOOPS_PUBLIC_URL",
            "http://eloops.contoso.com",
            "has to begin with https://",
        ),
        (
            "ELOOPS_AUTHORITY",
            "https://me:pass@login.contoso.com",
            "user name or password",
        ),
        (
            "ELOOPS_TALENT_URL",
            "http://talent.contoso.com",
            "must start with https://",
        ),
        (
            "ELOOPS_TALENT_URL",
            "https://2852039166",
            "unusual way; write 169.254.169.254",
        ),
        (
            "ELOOPS_TALENT_URL",
            "https://10.0.0.5",
            "an address of a private network; set ELOOPS_ALLOW_PRIVATE_ADDRESSES=on",
        ),
        (
            "ELOOPS_AUTHORITY",
            "https://metadata.google.internal",
            "never asked",
        ),
        (
            "ELOOPS_TOKEN_HOSTS",
            "https://169.254.169.254",
            "never asked",
        ),
        ("ELOOPS_ALLOW_PRIVATE_ADDRESSES", "yes", "on or off"),
        (
            "ELOOPS_TALENT_KIND",
            "sap",
            "`finance-operations` or `talent`",
        ),
        (
            "ELOOPS_DATABASE_URL",
            "mysql://localhost",
            "sqlite:// or postgres://",
        ),
        ("ELOOPS_FRAME_ANCESTORS", "*", "holds a wildcard"),
        ("ELOOPS_TOKEN_HOSTS", "*", "name each origin in full"),
        (
            "ELOOPS_TOKEN_HOSTS",
            "https://*.crm.dynamics.com",
            "name each origin in full",
        ),
        (
            "ELOOPS_TOKEN_HOSTS",
            "https://contoso.crm.dynamics.com/main.aspx",
            "without a path",
        ),
        ("ELOOPS_TOKEN_HOSTS", "null", "is no address"),
        ("ELOOPS_RATE_LIMIT", "0", "such as 600; off switches it off"),
        ("ELOOPS_RATE_LIMIT", "many", "number of requests a minute"),
        (
            "ELOOPS_TRUSTED_PROXIES",
            "proxy.contoso.com",
            "no range such as 10.0.0.0/24",
        ),
        ("ELOOPS_TRUSTED_PROXIES", "0.0.0.0/0", "is everybody"),
        ("ELOOPS_TRUSTED_PROXIES", "10.0.0.5, ::/0", "is everybody"),
        ("ELOOPS_API_ORIGINS", "https://*.contoso.com", "a wildcard"),
        (
            "ELOOPS_FRAME_ANCESTORS",
            "https://contoso.com/path",
            "without a path",
        ),
        ("ELOOPS_GUARD_PERCENT", "101", "from 0 to 100"),
        ("ELOOPS_MISSING_GRACE", "400d", "out of range"),
        ("ELOOPS_PHOTO_COINS", "-1", "number of coins from 0"),
        (
            "ELOOPS_TALENT_UPLOADS_FIELD",
            "eloopscoins",
            "the same field as talent_coins_field",
        ),
        (
            "ELOOPS_MEDIA_URL",
            "ftp://x",
            "file://FOLDER or s3://BUCKET/PREFIX",
        ),
        (
            "ELOOPS_CLIENT_SECRET_FILE",
            "/nowhere",
            "is set beside ELOOPS_CLIENT_SECRET",
        ),
        (
            "ELOOPS_CLIENT_CERTIFICATE",
            "app.pem",
            "is set beside ELOOPS_CLIENT_SECRET; keep one of them",
        ),
        ("ELOOPS_SYNC_EVRY", "5m", "ELOOPS_SYNC_EVERY is meant?"),
    ] {
        let error = with(&[(name, value)], None).unwrap_err();
        assert!(error.starts_with(name), "expected {name} first in: {error}");
        assert!(
            error.contains(expected),
            "expected {expected:?} in: {error}"
        );
    }
}

#[test]
fn on_premises_is_allowed_by_a_setting() {
    let set = [
        ("ELOOPS_ALLOW_PRIVATE_ADDRESSES", "on"),
        ("ELOOPS_TALENT_URL", "https://10.0.0.5"),
    ];
    let config = with(&set, None).unwrap();
    assert_eq!(config.server.private, crate::destination::Private::Allowed);
    assert_eq!(config.networks[0].talent.root.origin(), "https://10.0.0.5");
}

#[test]
fn an_s3_of_ones_own_is_held_to_the_same_rules() {
    let s3 = ("ELOOPS_MEDIA_URL", "s3://bucket/media");
    let error = with(&[s3, ("AWS_ENDPOINT_URL", "http://169.254.169.254")], None).unwrap_err();
    assert!(
        error.starts_with("AWS_ENDPOINT_URL: 169.254.169.254 is"),
        "{error}"
    );
    for fine in ["https://s3.contoso.com", "http://localhost:9000"] {
        let config = with(&[s3, ("AWS_ENDPOINT_URL", fine)], None);
        assert!(config.is_ok(), "{fine}: {config:?}");
    }
}

#[test]
fn an_unknown_key_is_refused_with_a_suggestion() {
    let error = with(&[], Some("databse_url = 'sqlite://x.db'\n")).unwrap_err();
    assert!(error.contains("databse_url in "), "{error}");
    assert!(error.contains("database_url is meant?"), "{error}");
    let error = with(&[], Some("[[network]]\nlisten = '127.0.0.1:1'\n")).unwrap_err();
    assert!(error.contains("belongs to the server"), "{error}");
}

#[test]
fn the_file_holds_several_networks() {
    let file = "
        client_id = 'eloops'
        client_secret = 'secret'
        photo_coins = 5
        [[network]]
        name = 'Contoso'
        tenant = '22222222-2222-2222-2222-222222222222'
        talent_url = 'https://contoso.operations.dynamics.com'
        [[network]]
        tenant = '33333333-3333-3333-3333-333333333333'
        talent_url = 'https://fabrikam.operations.dynamics.com'
        photo_coins = 7
    ";
    let mut held = tempfile::NamedTempFile::new().unwrap();
    held.write_all(file.as_bytes()).unwrap();
    let layers = Layers {
        file: Some(held.path().to_owned()),
        ..Layers::default()
    };
    let networks = load(layers.clone()).unwrap().networks;
    let names: Vec<_> = networks
        .iter()
        .map(|n| (n.name.as_str(), n.coins.photo))
        .collect();
    assert_eq!(
        names,
        [("Contoso", 5), ("33333333-3333-3333-3333-333333333333", 7)]
    );

    let variables = [("ELOOPS_TENANT".to_owned(), "x".to_owned())].into();
    let error = load(Layers {
        variables,
        ..layers
    })
    .unwrap_err()
    .to_string();
    assert!(
        error.contains("ELOOPS_TENANT: speaks of one network"),
        "{error}"
    );
}

#[test]
fn clients_may_be_listed() {
    let clients = |text| {
        with(&[("ELOOPS_ALLOWED_CLIENTS", text)], None)
            .unwrap()
            .networks[0]
            .entra
            .allowed_clients
            .clone()
    };
    assert_eq!(clients(""), None);
    assert_eq!(
        clients("card, bot"),
        Some(vec!["card".to_owned(), "bot".to_owned()])
    );
}

#[test]
fn wildcards_may_embed_the_frame() {
    let set = [(
        "ELOOPS_FRAME_ANCESTORS",
        "https://*.dynamics.com, http://127.0.0.1:7410",
    )];
    let ancestors = with(&set, None).unwrap().frame.ancestors;
    assert_eq!(
        ancestors,
        ["https://*.dynamics.com", "http://127.0.0.1:7410"]
    );
}

#[test]
fn a_secret_is_never_printed() {
    let printed = format!("{:?}", with(&[], None).unwrap());
    assert!(!printed.contains("sandbox-secret"), "{printed}");
}
