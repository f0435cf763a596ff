use super::{ClientCertificate, Secret, layers::Settings};

/// By what the app registration proves itself at Microsoft's token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A client secret.
    Secret(Secret),
    /// A certificate, with which assertions are signed; nothing secret crosses the network.
    Certificate(ClientCertificate),
}

/// The settings that hold a credential; exactly one of them is set.
const SETTINGS: [&str; 4] = [
    "client_secret",
    "client_secret_file",
    "client_certificate",
    "client_certificate_file",
];

/// A path is no longer than this; what is longer was meant as something else.
const LONGEST_PATH: usize = 1024;

impl Credential {
    /// From which the key for tokens at rest is derived where no `secret_key` is set. It is as secret as the credential.
    #[must_use]
    pub fn sealing_secret(&self) -> &Secret {
        match self {
            Self::Secret(secret) => secret,
            Self::Certificate(certificate) => certificate.sealing_secret(),
        }
    }

    pub(super) fn read(settings: &Settings, at: usize) -> Option<Self> {
        let mut set = SETTINGS
            .iter()
            .filter_map(|name| Some((*name, settings.find(name, at)?)));
        let Some((name, first)) = set.next() else {
            settings.note(
                settings.place("client_secret", at),
                "is not set: the app registration's client secret, or client_secret_file, a file that holds it, \
                 or client_certificate_file, a PEM file with its certificate and private key",
            );
            return None;
        };
        let others: Vec<_> = set.collect();
        for (_, other) in &others {
            settings.note(
                other.place.to_string(),
                format!("is set beside {}; keep one of them", first.place),
            );
        }
        if !others.is_empty() {
            return None;
        }
        settings.read(name, at, |value| match name {
            "client_secret" => not_empty(value).map(|secret| Self::Secret(Secret::new(secret))),
            "client_secret_file" => {
                let text = file(value)?;
                not_empty(&text).map(|secret| Self::Secret(Secret::new(secret)))
            }
            "client_certificate" if value.contains("-----BEGIN") => {
                ClientCertificate::from_pem(value).map(Self::Certificate)
            }
            _ => ClientCertificate::from_pem(&file(value)?).map(Self::Certificate),
        })
    }
}

/// The text of a file. A value that is no path is not repeated: it may be half of a key.
fn file(path: &str) -> Result<String, String> {
    let path = path.trim();
    if path.is_empty() || path.len() > LONGEST_PATH || path.contains(['\n', '\r']) {
        return Err(
            "is neither PEM text (-----BEGIN …) nor the path of a file that holds it".to_owned(),
        );
    }
    std::fs::read_to_string(path)
        .map_err(|error| format!("the file {path} cannot be read ({error})"))
}

fn not_empty(text: &str) -> Result<&str, String> {
    let text = text.trim();
    if text.is_empty() {
        Err("is empty; it has to hold the secret".to_owned())
    } else {
        Ok(text)
    }
}
