//! The server proves itself by a certificate; the sandbox checks the assertion as Entra does.

use eloops_api::Directions;
use rcgen::{CertificateParams, KeyPair, PKCS_RSA_SHA256};
use reqwest::Method;
use serde_json::json;

use crate::support::browser;
use crate::support::db::Db;
use crate::support::people::People;
use crate::support::world::World;

#[tokio::test]
async fn a_server_with_a_certificate_signs_in_for_itself_and_for_people() {
    let pair = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let params = CertificateParams::new(vec![]).unwrap();
    let certificate = params.self_signed(&pair).unwrap().pem();
    let pem = pair.serialize_pem() + &certificate;
    let settings = [
        ("ELOOPS_CLIENT_SECRET", ""),
        ("ELOOPS_CLIENT_CERTIFICATE", pem.as_str()),
    ];
    let world = World::with(Db::sqlite().await, &settings).await;
    let body = json!({"app": "eloops-server", "pem": certificate});
    world.control(Method::POST, "/certificates", &body).await;
    // The strictest Entra there could be: each assertion serves once.
    let once = json!({"single_use_assertions": true});
    world.control(Method::PUT, "/policies", &once).await;

    world.sync(Directions::In).await;
    let people = People::of(&world).await;
    let path = format!("/talent/workers/{}", people.worker.worker_number);
    let bearer = world.token(&people.manager.worker_number).await;
    assert_eq!(world.get(&path, &bearer).await["source"], "talent");
    let object_id = people.worker.object_id.as_deref().unwrap();
    let session = browser::sign_in(&world, object_id).await;
    assert_eq!(world.get(&path, &session).await["source"], "talent");

    let sent = world.recorder.take();
    let mut grants = sent.parameter("grant_type");
    grants.sort_unstable();
    grants.dedup();
    assert_eq!(
        grants,
        [
            "authorization_code",
            "client_credentials",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:jwt-bearer"
        ]
    );
    assert_eq!(sent.parameter("client_assertion").len(), sent.forms.len());
    assert_eq!(
        sent.parameter("client_secret"),
        [""; 0],
        "no secret is sent"
    );
    let everything = format!("{sent:?}");
    let key = pair.serialize_pem();
    assert!(!everything.contains(&key[40..100]), "the key stays at home");
}

#[tokio::test]
async fn a_certificate_that_is_not_registered_is_refused_in_microsofts_words() {
    let pair = KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap();
    let params = CertificateParams::new(vec![]).unwrap();
    let pem = pair.serialize_pem() + &params.self_signed(&pair).unwrap().pem();
    let settings = [
        ("ELOOPS_CLIENT_SECRET", ""),
        ("ELOOPS_CLIENT_CERTIFICATE", pem.as_str()),
    ];
    let world = World::with(Db::sqlite().await, &settings).await;
    let error = world.failing_sync(Directions::In).await;
    assert!(
        error.contains("invalid_client") && error.contains("AADSTS700027"),
        "{error}"
    );
}
