use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::Value;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::*;
use crate::config::certificate_pem;
use crate::config::tests::network;

fn parameters(credential: Credential, id: Uuid) -> BTreeMap<&'static str, String> {
    let mut entra = network().entra;
    entra.credential = credential;
    let client = ClientCredential::new(&entra);
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    let all = client.parameters(now, id).unwrap();
    let count = all.len();
    let all: BTreeMap<_, _> = all
        .into_iter()
        .map(|(name, value)| (name, value.into_owned()))
        .collect();
    assert_eq!(all.len(), count, "no parameter stands twice: {all:?}");
    all
}

#[test]
fn a_secret_is_sent_as_it_is() {
    let sent = parameters(network().entra.credential, Uuid::nil());
    assert_eq!(
        sent,
        [
            ("client_id", "eloops-server".to_owned()),
            ("client_secret", "sandbox-secret".to_owned())
        ]
        .into()
    );
}

#[test]
fn an_assertion_holds_what_entra_asks_for_and_is_signed_with_the_key() {
    let pem = certificate_pem();
    let der = pem::parse_many(&pem)
        .unwrap()
        .into_iter()
        .find(|block| block.tag() == "CERTIFICATE")
        .unwrap();
    let certificate = ClientCertificate::from_pem(&pem).unwrap();
    let id = Uuid::from_u128(7);
    let sent = parameters(Credential::Certificate(certificate.clone()), id);
    assert_eq!(
        sent.keys().copied().collect::<Vec<_>>(),
        ["client_assertion", "client_assertion_type", "client_id"],
        "no secret beside it"
    );
    assert_eq!(
        sent["client_assertion_type"],
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    );

    let (signed, signature) = sent["client_assertion"].rsplit_once('.').unwrap();
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
    let object = |part: &str| serde_json::from_slice::<Value>(&decode(part)).unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let thumbprint = URL_SAFE_NO_PAD.encode(digest(&SHA256, der.contents()));
    assert_eq!(
        object(header),
        json!({"alg": "PS256", "typ": "JWT", "x5t#S256": thumbprint})
    );
    let audience = "http://127.0.0.1:7410/11111111-1111-1111-1111-111111111111/oauth2/v2.0/token";
    assert_eq!(
        object(claims),
        json!({
            "aud": audience, "iss": "eloops-server", "sub": "eloops-server",
            "jti": "00000000-0000-0000-0000-000000000007",
            "iat": 1_800_000_000, "nbf": 1_800_000_000, "exp": 1_800_000_300,
        })
    );
    let (_, read) = X509Certificate::from_der(der.contents()).unwrap();
    let public = read.public_key().subject_public_key.data.as_ref().to_vec();
    UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, public)
        .verify(signed.as_bytes(), &decode(signature))
        .expect("the certificate's key verifies the assertion as PS256");

    let again = parameters(Credential::Certificate(certificate), Uuid::from_u128(8));
    assert_ne!(again["client_assertion"], sent["client_assertion"]);
}
