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
