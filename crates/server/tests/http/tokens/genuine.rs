//! What has to get in, at the very edges too; else the list of forgeries would prove nothing.

use eloops_server::auth::token::{Actor, Refusal, verify_id_token};
use serde_json::{Value, json};

use super::forger::{CLIENT, Forger, OID, TENANT};
use super::refused::{NOW, ROOT, judge, keys};

#[tokio::test]
async fn genuine_tokens_are_believed() {
    let forger = Forger::new(ROOT, NOW);
    let keys = keys(&forger);
    for (name, token) in [
        ("a person's", forger.genuine()),
        (
            "with the client id as audience",
            forger.with(json!({"aud": CLIENT})),
        ),
        (
            "expired 59 seconds ago",
            forger.with(json!({"exp": NOW - 59.0})),
        ),
        (
            "expired a moment less than a minute ago",
            forger.with(json!({"exp": NOW - 59.999})),
        ),
        (
            "valid from in a minute",
            forger.with(json!({"nbf": NOW + 60.0})),
        ),
        (
            "with fractions of seconds",
            forger.with(json!({"exp": NOW + 0.5})),
        ),
        ("scope alone", forger.with(json!({"scp": "access_as_user"}))),
        (
            "scope last",
            forger.with(json!({"scp": "profile  access_as_user"})),
        ),
        ("idtyp user", forger.with(json!({"idtyp": "user"}))),
        ("without typ", forger.with_header(json!({"typ": null}))),
        (
            "typ in small letters",
            forger.with_header(json!({"typ": "jwt"})),
        ),
        (
            "typ of RFC 9068",
            forger.with_header(json!({"typ": "at+jwt"})),
        ),
        (
            "with a thumbprint",
            forger.with_header(json!({"x5t": "ours"})),
        ),
        ("an escaped name", forger.payload_and(r#""\u0078":1"#)),
        ("an application's", forger.application(json!({}))),
        (
            "an application's for the client id",
            forger.application(json!({"aud": CLIENT})),
        ),
        (
            "an application's without idtyp",
            forger.application(json!({"idtyp": null})),
        ),
        (
            "an application's of two roles",
            forger.application(json!({"roles": ["Other", "Eloops.Admin"]})),
        ),
    ] {
        let answer = judge(&keys, &token).await;
        assert!(answer.is_ok(), "{name}: {answer:?}");
    }
}

#[tokio::test]
async fn what_is_read_of_a_token() {
    let forger = Forger::new(ROOT, NOW);
    let keys = keys(&forger);
    let person = judge(&keys, &forger.genuine()).await.unwrap();
    assert_eq!(person.object_id, OID.to_lowercase());
    assert_eq!(person.tenant, TENANT);
    assert_eq!(person.display_name.as_deref(), Some("Jodi ÿÿ~~>>??"));
    let Actor::User { scopes } = &person.actor else {
        panic!("not a user: {:?}", person.actor)
    };
    assert!(
        scopes.contains("access_as_user") && scopes.contains("profile"),
        "{scopes:?}"
    );
    let application = judge(&keys, &forger.application(json!({}))).await.unwrap();
    assert_eq!(application.actor, Actor::Application);
    assert!(application.roles.contains("Eloops.Admin"));
}

#[test]
fn an_id_token_belongs_to_its_sign_in() {
    let forger = Forger::new(ROOT, NOW);
    let mut key = forger.ours.published();
    key.issuer = forger.common_issuer();
    let check = |changes: Value| {
        let mut claims = json!({"aud": CLIENT, "scp": null, "nonce": "n-1"});
        let members = claims.as_object_mut().unwrap();
        members.extend(changes.as_object().unwrap().clone());
        let token = forger.with(claims);
        verify_id_token(&token, &key, &Forger::policy(), "n-1", NOW).map(|_| ())
    };
    assert_eq!(check(json!({})), Ok(()));
    assert_eq!(check(json!({"nonce": "n-2"})), Err(Refusal::Nonce));
    assert_eq!(check(json!({"nonce": 1})), Err(Refusal::Nonce));
    assert_eq!(check(json!({"nonce": ""})), Err(Refusal::Nonce));
    assert_eq!(
        check(json!({"aud": "api://eloops"})),
        Err(Refusal::Audience)
    );
    assert_eq!(check(json!({"exp": NOW - 60.0})), Err(Refusal::Expired));
}
