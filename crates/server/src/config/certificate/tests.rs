use std::io::Write as _;

use rcgen::{
    CertificateParams, KeyPair as Pair, PKCS_ECDSA_P256_SHA256, PKCS_RSA_SHA256, date_time_ymd,
};

use super::*;
use crate::config::tests::variables;
use crate::config::{Config, Credential, Layers, load};

/// A key and its certificate as two PEM texts.
struct Made {
    key: String,
    certificate: String,
}

fn made(algorithm: &'static rcgen::SignatureAlgorithm) -> Made {
    let pair = Pair::generate_for(algorithm).unwrap();
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.not_before = date_time_ymd(2026, 1, 1);
    params.not_after = date_time_ymd(2027, 1, 1);
    Made {
        certificate: params.self_signed(&pair).unwrap().pem(),
        key: pair.serialize_pem(),
    }
}

/// A certificate with its key, as a PEM text.
pub(crate) fn pem_text() -> String {
    let made = made(&PKCS_RSA_SHA256);
    made.key + &made.certificate
}

fn credential(changes: &[(&str, &str)]) -> Result<Credential, String> {
    let mut variables = variables();
    variables.remove("ELOOPS_CLIENT_SECRET");
    for (name, value) in changes {
        variables.insert((*name).to_owned(), (*value).to_owned());
    }
    let layers = Layers {
        variables,
        ..Layers::default()
    };
    let credential = |config: Config| config.networks[0].entra.credential.clone();
    load(layers)
        .map(credential)
        .map_err(|error| error.to_string())
}

#[test]
fn text_and_file_give_the_same_certificate() {
    let text = pem_text();
    let mut held = tempfile::NamedTempFile::new().unwrap();
    held.write_all(text.as_bytes()).unwrap();
    let path = held.path().to_str().unwrap();
    let direct = credential(&[("ELOOPS_CLIENT_CERTIFICATE", &text)]).unwrap();
    for name in [
        "ELOOPS_CLIENT_CERTIFICATE",
        "ELOOPS_CLIENT_CERTIFICATE_FILE",
    ] {
        let from_file = credential(&[(name, path)]).unwrap();
        assert_eq!(from_file, direct, "{name}");
        assert_eq!(
            from_file.sealing_secret(),
            direct.sealing_secret(),
            "{name}"
        );
    }
    let printed = format!("{direct:?}");
    assert!(printed.contains("thumbprint"), "{printed}");
    assert!(
        !printed.contains(direct.sealing_secret().expose()),
        "the key is never printed: {printed}"
    );
}

#[test]
fn the_key_may_stand_in_its_old_form_and_after_a_chain() {
    let Made { key, certificate } = made(&PKCS_RSA_SHA256);
    let issuer = made(&PKCS_ECDSA_P256_SHA256).certificate;
    let new_form = ClientCertificate::from_pem(&format!("{key}{certificate}")).unwrap();
    // PKCS #1 stands inside PKCS #8, behind 26 bytes that name RSA.
    let pkcs1 = pem::parse(&key).unwrap().contents()[26..].to_vec();
    let old_key = pem::encode(&pem::Pem::new("RSA PRIVATE KEY", pkcs1));
    let old_form = ClientCertificate::from_pem(&format!("{issuer}{certificate}{old_key}")).unwrap();
    assert_eq!(old_form.thumbprint(), new_form.thumbprint());
    assert_eq!(old_form.sealing_secret(), new_form.sealing_secret());
}

#[test]
fn every_wrong_certificate_is_told_in_words() {
    let Made { key, certificate } = made(&PKCS_RSA_SHA256);
    let other = made(&PKCS_RSA_SHA256);
    let curve = made(&PKCS_ECDSA_P256_SHA256);
    let block = |tag: &str| pem::encode(&pem::Pem::new(tag, vec![1, 2, 3]));
    let old_encrypted = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\
                         DEK-Info: AES-256-CBC,00\n\nAQID\n-----END RSA PRIVATE KEY-----\n";
    for (what, text, expected) in [
        ("no key", certificate.clone(), "holds no private key"),
        ("no certificate", key.clone(), "holds no certificate"),
        (
            "another's key",
            other.key.clone() + &certificate,
            "does not belong to its certificate",
        ),
        (
            "two keys",
            key.clone() + &other.key + &certificate,
            "several private keys",
        ),
        ("a curve", curve.key + &curve.certificate, "not RSA"),
        (
            "a curve's old form",
            block("EC PRIVATE KEY") + &certificate,
            "not RSA",
        ),
        (
            "encrypted",
            block("ENCRYPTED PRIVATE KEY") + &certificate,
            "encrypted private key",
        ),
        (
            "encrypted, old",
            old_encrypted.to_owned() + &certificate,
            "encrypted private key",
        ),
        (
            "a broken key",
            block("PRIVATE KEY") + &certificate,
            "cannot be used",
        ),
        (
            "a broken certificate",
            key.clone() + &block("CERTIFICATE"),
            "cannot be read",
        ),
        (
            "cut",
            key[..200].to_owned() + "\n-----END NOTHING-----",
            "no readable PEM",
        ),
    ] {
        let error = credential(&[("ELOOPS_CLIENT_CERTIFICATE", &text)]).unwrap_err();
        assert!(
            error.starts_with("ELOOPS_CLIENT_CERTIFICATE: "),
            "{what}: {error}"
        );
        assert!(
            error.contains(expected),
            "{what}: expected {expected:?} in: {error}"
        );
        assert!(!error.contains(&key[60..100]), "{what}: {error}");
    }
}

#[test]
fn files_and_pairs_of_settings_are_told_in_words() {
    let text = pem_text();
    let bare_key = text.lines().skip(1).take(20).collect::<Vec<_>>().join("");
    for (changes, expected) in [
        (
            vec![("ELOOPS_CLIENT_CERTIFICATE", "/nowhere.pem")],
            "the file /nowhere.pem cannot be read",
        ),
        (
            vec![("ELOOPS_CLIENT_CERTIFICATE_FILE", "/nowhere.pem")],
            "cannot be read",
        ),
        (
            vec![("ELOOPS_CLIENT_CERTIFICATE_FILE", &text)],
            "neither PEM text",
        ),
        (
            vec![("ELOOPS_CLIENT_CERTIFICATE", &bare_key)],
            "neither PEM text",
        ),
        (
            vec![
                ("ELOOPS_CLIENT_CERTIFICATE", &text),
                ("ELOOPS_CLIENT_CERTIFICATE_FILE", "x.pem"),
            ],
            "ELOOPS_CLIENT_CERTIFICATE_FILE: is set beside ELOOPS_CLIENT_CERTIFICATE; keep one",
        ),
        (
            vec![
                ("ELOOPS_CLIENT_CERTIFICATE", &text),
                ("ELOOPS_CLIENT_SECRET_FILE", "x"),
            ],
            "ELOOPS_CLIENT_CERTIFICATE: is set beside ELOOPS_CLIENT_SECRET_FILE; keep one",
        ),
        (
            vec![],
            "ELOOPS_CLIENT_SECRET: is not set: the app registration's client secret",
        ),
    ] {
        let error = credential(&changes).unwrap_err();
        assert!(
            error.contains(expected),
            "expected {expected:?} in: {error}"
        );
        assert!(
            !error.contains(&bare_key[..40]),
            "no part of the key in: {error}"
        );
    }
}

#[test]
fn dates_are_warned_of_not_refused() {
    let certificate = ClientCertificate::from_pem(&pem_text()).unwrap();
    for (now, expected) in [
        (
            "2025-12-31T00:00:00Z",
            Some("valid from 2026-01-01T00:00:00Z only"),
        ),
        ("2026-06-01T00:00:00Z", None),
        (
            "2026-12-20T00:00:00Z",
            Some("expires on 2027-01-01T00:00:00Z"),
        ),
        (
            "2027-01-02T00:00:00Z",
            Some("expired on 2027-01-01T00:00:00Z"),
        ),
    ] {
        let warning = certificate.warning(now.parse().unwrap());
        match (&warning, expected) {
            (None, None) => {}
            (Some(warning), Some(expected)) if warning.contains(expected) => {}
            _ => panic!("at {now}: {warning:?}, expected {expected:?}"),
        }
    }
}
