use std::{fmt, sync::Arc};

use aws_lc_rs::{
    digest,
    encoding::{AsDer, Pkcs8V1Der},
    rand::SystemRandom,
    rsa::KeyPair,
    signature::{KeyPair as _, RSA_PSS_SHA256},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{Timestamp, Unit};
use pem::Pem;
use x509_parser::{certificate::X509Certificate, prelude::FromDer, time::ASN1Time};

use super::Secret;

/// A warning is given this many hours before the certificate's end.
const SOON_HOURS: i64 = 30 * 24;

/// The app registration's certificate with its private key: RSA of 2048 bits or more, as Entra accepts them
/// (Microsoft Learn: certificate-credentials).
#[derive(Clone)]
pub struct ClientCertificate {
    key: Arc<KeyPair>,
    sealing_secret: Secret,
    thumbprint: String,
    not_before: Timestamp,
    not_after: Timestamp,
}

/// The private key did not sign, which no input is known to cause.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the client certificate's private key does not sign")]
pub struct CannotSign;

impl ClientCertificate {
    /// Reads a PEM text that holds one private key and its certificate, in any order. Certificates of issuers may
    /// stand beside them.
    ///
    /// # Errors
    /// What is wrong with it and what to do, without a part of the key.
    pub fn from_pem(text: &str) -> Result<Self, String> {
        let blocks = pem::parse_many(text).map_err(|error| {
            format!("is no readable PEM ({error}); each block begins with -----BEGIN and ends with -----END")
        })?;
        let key = Arc::new(private_key(&blocks)?);
        let (der, certificate) = certificate_of(&blocks, &key)?;
        let pkcs8: Pkcs8V1Der<'_> = key
            .as_der()
            .map_err(|_| "holds a private key that cannot be used".to_owned())?;
        let validity = certificate.validity();
        Ok(Self {
            // The same for both forms in which the key may stand in the file.
            sealing_secret: Secret::new(URL_SAFE_NO_PAD.encode(pkcs8.as_ref())),
            thumbprint: URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, der)),
            not_before: moment(validity.not_before)?,
            not_after: moment(validity.not_after)?,
            key,
        })
    }

    /// SHA-256 of the certificate as base64url: `x5t#S256` (RFC 7515 §4.1.8).
    #[must_use]
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }

    /// Signs as PS256 does: RSASSA-PSS with SHA-256 (RFC 7518 §3.5).
    ///
    /// # Errors
    /// [`CannotSign`].
    pub fn sign_ps256(&self, message: &[u8]) -> Result<Vec<u8>, CannotSign> {
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &RSA_PSS_SHA256,
                &SystemRandom::new(),
                message,
                &mut signature,
            )
            .map_err(|_| CannotSign)?;
        Ok(signature)
    }

    /// What to tell the administrator at start: outside of its dates Microsoft refuses the certificate, but the clock
    /// here may be the wrong one, so it is no error.
    #[must_use]
    pub fn warning(&self, now: Timestamp) -> Option<String> {
        let (from, to) = (self.not_before, self.not_after);
        if now < from {
            return Some(format!("the client certificate is valid from {from} only"));
        }
        if now > to {
            return Some(format!(
                "the client certificate expired on {to}; Microsoft's sign-in will refuse it: make a new one and upload it"
            ));
        }
        let hours = now
            .until((Unit::Hour, to))
            .map_or(i64::MAX, |left| i64::from(left.get_hours()));
        (hours < SOON_HOURS).then(|| {
            format!("the client certificate expires on {to}; upload its successor before that")
        })
    }

    pub(super) fn sealing_secret(&self) -> &Secret {
        &self.sealing_secret
    }
}

/// The one private key among the blocks.
fn private_key(blocks: &[Pem]) -> Result<KeyPair, String> {
    let mut keys = blocks
        .iter()
        .filter(|block| block.tag().ends_with("PRIVATE KEY"));
    let Some(block) = keys.next() else {
        return Err(
            "holds no private key; put it beside the certificate, as PEM \
                    (from a .pfx file: `openssl pkcs12 -in app.pfx -nodes`)"
                .to_owned(),
        );
    };
    if keys.next().is_some() {
        return Err("holds several private keys; keep the certificate's".to_owned());
    }
    let encrypted = block
        .headers()
        .get("Proc-Type")
        .is_some_and(|kind| kind.contains("ENCRYPTED"));
    let rejected = |error: aws_lc_rs::error::KeyRejected| match error.to_string().as_str() {
        "WrongAlgorithm" => not_rsa(),
        "TooSmall" => {
            "holds an RSA key that is too short; make one of 2048 bits or more".to_owned()
        }
        other => format!("holds a private key that cannot be used ({other})"),
    };
    match block.tag() {
        "ENCRYPTED PRIVATE KEY" => Err(is_encrypted()),
        _ if encrypted => Err(is_encrypted()),
        "PRIVATE KEY" => KeyPair::from_pkcs8(block.contents()).map_err(rejected),
        "RSA PRIVATE KEY" => KeyPair::from_der(block.contents()).map_err(rejected),
        _ => Err(not_rsa()),
    }
}

fn is_encrypted() -> String {
    "holds an encrypted private key, and the server has no password for it; decrypt it by \
     `openssl pkey -in app.pem -out app-plain.pem` and let only the server's user read the file"
        .to_owned()
}

fn not_rsa() -> String {
    "holds a private key that is not RSA (an elliptic-curve key, perhaps); Microsoft's sign-in takes RSA: \
     make a new key by `openssl req -x509 -newkey rsa:3072 …`"
        .to_owned()
}

/// The certificate that the key belongs to.
fn certificate_of<'b>(
    blocks: &'b [Pem],
    key: &KeyPair,
) -> Result<(&'b [u8], X509Certificate<'b>), String> {
    let certificates = blocks
        .iter()
        .filter(|block| block.tag() == "CERTIFICATE")
        .map(|block| {
            X509Certificate::from_der(block.contents())
                .map(|(_, certificate)| (block.contents(), certificate))
                .map_err(|_| "holds a certificate that cannot be read".to_owned())
        })
        .collect::<Result<Vec<_>, _>>()?;
    if certificates.is_empty() {
        return Err(
            "holds no certificate; put it beside the private key, the same that was uploaded to Entra"
                .to_owned(),
        );
    }
    certificates
        .into_iter()
        .find(|(_, certificate)| {
            // For RSA the key's bits are the same structure that the pair gives (RFC 8017 §A.1.1).
            certificate.public_key().subject_public_key.data.as_ref() == key.public_key().as_ref()
        })
        .ok_or_else(|| {
            "holds a private key that does not belong to its certificate; put in the key with which the certificate \
             was made"
                .to_owned()
        })
}

fn moment(time: ASN1Time) -> Result<Timestamp, String> {
    Timestamp::from_second(time.timestamp())
        .map_err(|_| "holds a certificate whose dates cannot be read".to_owned())
}

impl fmt::Debug for ClientCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCertificate")
            .field("thumbprint", &self.thumbprint)
            .field("not_after", &self.not_after)
            .finish_non_exhaustive()
    }
}

impl PartialEq for ClientCertificate {
    fn eq(&self, other: &Self) -> bool {
        self.thumbprint == other.thumbprint
    }
}

impl Eq for ClientCertificate {}

#[cfg(test)]
pub(crate) mod tests;
