use talent_sandbox::{CompanySource, Options, StartError, start};

use crate::stand::Stand;

#[tokio::test]
async fn a_port_in_use_is_said_in_a_sentence() {
    let stand = Stand::new().await;
    let second = start(Options {
        listen: stand.running.address(),
        ..Options::default()
    })
    .await;
    let error = second.map(|_| ()).unwrap_err();
    assert!(matches!(error, StartError::PortInUse(_)), "{error}");
    assert!(error.to_string().contains("--listen"), "{error}");
}

#[tokio::test]
async fn a_missing_folder_is_said_in_a_sentence() {
    let options = Options {
        company: CompanySource::Folder("no/such/folder".into()),
        ..Options::default()
    };
    let error = start(options).await.map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("no/such/folder"), "{error}");
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let stand = Stand::new().await;
    let url = stand.url("/sandbox/health");
    assert!(
        stand
            .client
            .get(&url)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    let client = reqwest::Client::new();
    drop(stand);
    // The listener closes when the runtime next runs its task.
    while client.get(&url).send().await.is_ok() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn the_public_address_is_the_issuer_and_the_audience() {
    let public = "https://talent.example".parse().unwrap();
    let stand = Stand::with(Options {
        public_url: Some(public),
        ..Options::default()
    })
    .await;
    assert_eq!(stand.running.url(), "https://talent.example");
}

#[tokio::test]
async fn another_tenant_is_another_customer() {
    let tenant = "22222222-2222-2222-2222-222222222222";
    let stand = Stand::with(Options {
        tenant: tenant.to_owned(),
        ..Options::default()
    })
    .await;
    let document = async |tenant: &str| {
        let path = format!("/{tenant}/v2.0/.well-known/openid-configuration");
        stand.client.get(stand.url(&path)).send().await.unwrap()
    };
    let own: serde_json::Value = document(tenant).await.json().await.unwrap();
    let issuer = format!("{}/{tenant}/v2.0", stand.running.url());
    assert_eq!(own["issuer"], issuer.as_str());
    assert_eq!(document(talent_sandbox::TENANT).await.status(), 400);
}
