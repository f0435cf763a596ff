//! The certificates apps sign their assertions with: the public part only.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use aws_lc_rs::{
    digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest},
    signature::{
        RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey,
        VerificationAlgorithm,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use x509_parser::{pem::Pem, prelude::parse_x509_certificate, public_key::PublicKey};

const SMALLEST_BITS: usize = 2048;

/// Why a text is not a certificate that can be registered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadCertificate {
    /// No PEM block at all, or a broken one.
    #[error(
        "it is not PEM text: give the certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----"
    )]
    NotPem,
    /// What must not leave the app.
    #[error("it holds a private key: that stays with the app, give the certificate alone")]
    PrivateKey,
    /// PEM of something else.
    #[error("it holds '{0}' where a CERTIFICATE is expected")]
    Other(String),
    /// A chain.
    #[error("it holds {0} certificates: give the app's own alone")]
    Several(usize),
    /// Not X.509.
    #[error("the certificate cannot be read: {0}")]
    Unreadable(String),
    /// A key no algorithm of Entra's fits.
    #[error("its key is not RSA of at least {SMALLEST_BITS} bits, which PS256 and RS256 need")]
    Key,
}

/// A certificate an app registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Certificate {
    /// SHA-1 of the certificate, base64url: the header's `x5t`.
    pub(crate) sha1: String,
    /// SHA-256 of the same: the header's `x5t#S256`.
    pub(crate) sha256: String,
    /// Seconds since the epoch between which it holds.
    holds: (i64, i64),
    /// `RSAPublicKey` (RFC 8017, A.1.1).
    key: Vec<u8>,
}

/// How an assertion is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignedWith {
    Ps256,
    Rs256,
}

impl Certificate {
    /// Reads PEM text with one certificate.
    ///
    /// # Errors
    /// Anything else, above all a private key.
    pub(crate) fn read(text: &str) -> Result<Self, BadCertificate> {
        let blocks: Vec<Pem> = Pem::iter_from_buffer(text.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|_| BadCertificate::NotPem)?;
        if blocks.iter().any(|pem| pem.label.ends_with("PRIVATE KEY")) {
            return Err(BadCertificate::PrivateKey);
        }
        let block = match blocks.as_slice() {
            [] => return Err(BadCertificate::NotPem),
            [one] if one.label != "CERTIFICATE" => {
                return Err(BadCertificate::Other(one.label.clone()));
            }
            [one] => one,
            several => return Err(BadCertificate::Several(several.len())),
        };
        let (_, parsed) = parse_x509_certificate(&block.contents)
            .map_err(|error| BadCertificate::Unreadable(error.to_string()))?;
        let key = parsed.public_key();
        match key.parsed() {
            Ok(PublicKey::RSA(rsa)) if rsa.key_size() >= SMALLEST_BITS => {}
            _ => return Err(BadCertificate::Key),
        }
        let validity = parsed.validity();
        let thumbprint = |algorithm: &'static Algorithm| {
            URL_SAFE_NO_PAD.encode(digest(algorithm, &block.contents).as_ref())
        };
        Ok(Self {
            sha1: thumbprint(&SHA1_FOR_LEGACY_USE_ONLY),
            sha256: thumbprint(&SHA256),
            holds: (
                validity.not_before.timestamp(),
                validity.not_after.timestamp(),
            ),
            key: key.subject_public_key.data.to_vec(),
        })
    }

    /// Whether it holds at `now`.
    pub(crate) fn holds(&self, now: Timestamp) -> bool {
        (self.holds.0..=self.holds.1).contains(&now.as_second())
    }

    /// Whether its key made that signature.
    pub(crate) fn verifies(&self, with: SignedWith, message: &[u8], signature: &[u8]) -> bool {
        let algorithm: &'static dyn VerificationAlgorithm = match with {
            SignedWith::Ps256 => &RSA_PSS_2048_8192_SHA256,
            SignedWith::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
        };
        UnparsedPublicKey::new(algorithm, &self.key)
            .verify(message, signature)
            .is_ok()
    }
}

/// What is registered, and which assertions were used.
#[derive(Debug, Default)]
pub(crate) struct Certificates {
    registered: RwLock<Vec<Registered>>,
    /// By app and `jti`: when the assertion ends.
    used: Mutex<HashMap<(&'static str, String), i64>>,
}

#[derive(Debug, Clone)]
struct Registered {
    app: &'static str,
    certificate: Arc<Certificate>,
    /// Given at the start, so that a reset keeps it.
    lasting: bool,
}

impl Certificates {
    /// Registers a certificate of an app beside its others.
    pub(crate) fn add(&self, app: &'static str, certificate: Certificate, lasting: bool) {
        let mut registered = self
            .registered
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        if !registered
            .iter()
            .any(|known| known.app == app && *known.certificate == certificate)
        {
            let certificate = Arc::new(certificate);
            registered.push(Registered {
                app,
                certificate,
                lasting,
            });
        }
    }

    /// The app's certificate that `fits`.
    pub(crate) fn find(
        &self,
        app: &str,
        fits: impl Fn(&Certificate) -> bool,
    ) -> Option<Arc<Certificate>> {
        self.registered
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .find(|known| known.app == app && fits(&known.certificate))
            .map(|known| known.certificate.clone())
    }

    /// Uses up an assertion that ends at second `ends`; false when it was used before.
    pub(crate) fn use_once(&self, app: &'static str, jti: &str, ends: i64, now: Timestamp) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, ends| *ends >= now.as_second());
        used.insert((app, jti.to_owned()), ends).is_none()
    }

    /// Back to those given at the start.
    pub(crate) fn reset(&self) {
        self.registered
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|known| known.lasting);
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}
