//! An app with a certificate: makes both and signs assertions.

use aws_lc_rs::{
    digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest},
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256, RsaKeySize, date_time_ymd};
use serde_json::{Value, json};

use crate::stand::Stand;

pub(crate) struct Signer {
    pub(crate) certificate: String,
    pub(crate) private_key: String,
    der: Vec<u8>,
    pair: RsaKeyPair,
}

impl Signer {
    pub(crate) fn new() -> Self {
        Self::until(2100)
    }

    /// With a certificate that ends when that year begins.
    pub(crate) fn until(year: i32) -> Self {
        let key = KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap();
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.not_after = date_time_ymd(year, 1, 1);
        let certificate = params.self_signed(&key).unwrap();
        Self {
            certificate: certificate.pem(),
            private_key: key.serialize_pem(),
            der: certificate.der().to_vec(),
            pair: RsaKeyPair::from_pkcs8(&key.serialize_der()).unwrap(),
        }
    }

    pub(crate) fn sha1(&self) -> String {
        self.thumbprint(&SHA1_FOR_LEGACY_USE_ONLY)
    }

    pub(crate) fn sha256(&self) -> String {
        self.thumbprint(&SHA256)
    }

    fn thumbprint(&self, algorithm: &'static Algorithm) -> String {
        URL_SAFE_NO_PAD.encode(digest(algorithm, &self.der).as_ref())
    }

    /// A good assertion's header and claims, with members replaced; null removes one.
    pub(crate) fn assertion(&self, stand: &Stand, header: &Value, claims: &Value) -> String {
        let now = Timestamp::now().as_second();
        let good_header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": self.sha256() });
        let good_claims = json!({ "aud": stand.tenant("/oauth2/v2.0/token"),
            "iss": "eloops-server", "sub": "eloops-server",
            "jti": uuid::Uuid::new_v4().to_string(), "nbf": now, "iat": now, "exp": now + 600 });
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = with(good_header, header);
        let encoding: &'static dyn RsaEncoding = match header["alg"].as_str() {
            Some("RS256") => &RSA_PKCS1_SHA256,
            _ => &RSA_PSS_SHA256,
        };
        let message = format!("{}.{}", part(header), part(with(good_claims, claims)));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(
                encoding,
                &SystemRandom::new(),
                message.as_bytes(),
                &mut signature,
            )
            .unwrap();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

fn with(mut good: Value, changes: &Value) -> Value {
    let members = good.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    good
}
