use serde_json::Value;
use talent_sandbox::TENANT;

use crate::stand::{Stand, assert_refused};

async fn json(stand: &Stand, path: &str) -> Value {
    stand.get(path).await.json().await.unwrap()
}

#[tokio::test]
async fn the_tenant_names_itself_as_issuer_and_common_gives_the_template() {
    let stand = Stand::new().await;
    let origin = stand.running.url();
    let own = json(
        &stand,
        &format!("/{TENANT}/v2.0/.well-known/openid-configuration"),
    )
    .await;
    assert_eq!(own["issuer"], format!("{origin}/{TENANT}/v2.0"));
    for any in ["common", "organizations"] {
        let common = json(
            &stand,
            &format!("/{any}/v2.0/.well-known/openid-configuration"),
        )
        .await;
        assert_eq!(common["issuer"], format!("{origin}/{{tenantid}}/v2.0"));
        assert_eq!(
            common["token_endpoint"],
            format!("{origin}/{any}/oauth2/v2.0/token")
        );
    }
    let v1 = json(
        &stand,
        &format!("/{TENANT}/.well-known/openid-configuration"),
    )
    .await;
    assert_eq!(v1["issuer"], format!("{origin}/{TENANT}/"));
}

#[tokio::test]
async fn each_published_key_says_which_issuer_it_serves() {
    let stand = Stand::new().await;
    let origin = stand.running.url();
    for (segment, issuer) in [(TENANT, TENANT), ("common", "{tenantid}")] {
        let jwks = json(&stand, &format!("/{segment}/discovery/v2.0/keys")).await;
        let keys = jwks["keys"].as_array().unwrap();
        assert_eq!(keys.len(), 1);
        assert_eq!(keys[0]["issuer"], format!("{origin}/{issuer}/v2.0"));
        assert_eq!(
            (&keys[0]["kty"], &keys[0]["use"]),
            (&"RSA".into(), &"sig".into())
        );
    }
}

#[tokio::test]
async fn instance_discovery_answers_for_msal() {
    let stand = Stand::new().await;
    let body = json(&stand, "/common/discovery/instance?api-version=1.1").await;
    let origin = stand.running.url();
    assert_eq!(
        body["tenant_discovery_endpoint"],
        format!("{origin}/common/v2.0/.well-known/openid-configuration")
    );
    assert_eq!(
        body["metadata"][0]["aliases"][0],
        origin.trim_start_matches("http://")
    );
}

#[tokio::test]
async fn another_authority_is_not_vouched_for() {
    let stand = Stand::new().await;
    let origin = stand.running.url();
    for (endpoint, is_ours) in [
        (format!("{origin}/{TENANT}/oauth2/v2.0/authorize"), true),
        ("https://login.microsoftonline.com/x".to_owned(), false),
        (format!("{origin}.evil.example/x"), false),
        (format!("{origin}@evil.example/x"), false),
    ] {
        let url = stand.url("/common/discovery/instance?api-version=1.1");
        let url =
            url::Url::parse_with_params(&url, [("authorization_endpoint", &endpoint)]).unwrap();
        let response = stand.client.get(url).send().await.unwrap();
        let (status, body) = (response.status(), response.json().await.unwrap());
        if is_ours {
            assert_eq!(status, 200, "{endpoint}: {body}");
        } else {
            assert_refused((status, body), "invalid_instance", 50_049);
        }
    }
}

#[tokio::test]
async fn another_tenant_is_not_here() {
    let stand = Stand::new().await;
    for path in [
        "v2.0/.well-known/openid-configuration",
        "discovery/v2.0/keys",
        "discovery/instance",
    ] {
        let response = stand
            .get(&format!("/99999999-9999-9999-9999-999999999999/{path}"))
            .await;
        assert_refused(
            (response.status(), response.json().await.unwrap()),
            "invalid_request",
            90_002,
        );
    }
}
