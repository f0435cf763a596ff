//! Requests of the server itself stay where they were sent: no redirect is followed, no document names another
//! place, and a token goes nowhere else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::Request as Asked;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use eloops_server::auth::authority::Authority;
use eloops_server::destination::Private;
use eloops_server::http_client;
use eloops_server::transport::{Http, Transport};
use eloops_talent::{Kind, Root, reads};
use serde_json::{Value, json};
use tokio::net::TcpListener;

const TENANT: &str = "11111111-1111-1111-1111-111111111111";

/// A server that answers everything alike; gives its origin and how often it was asked.
async fn server(
    answer: impl Fn(&Asked) -> axum::response::Response + Clone + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let router = Router::new().fallback(move |request: Asked| {
        counter.fetch_add(1, Ordering::SeqCst);
        let answer = answer(&request);
        async move { answer }
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    (origin, asked)
}

/// Takes a bearer from whoever brings one.
async fn canary() -> (String, Arc<AtomicUsize>) {
    server(|_| StatusCode::OK.into_response()).await
}

fn authority(origin: &str) -> Authority {
    let http = http_client::build(Private::Allowed).unwrap();
    Authority::new(origin.parse().unwrap(), TENANT.to_owned(), http)
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let (canary, reached) = canary().await;
    for status in [301, 302, 303, 307, 308] {
        let to = format!("{canary}/data/Workers");
        let (origin, asked) = server(move |_| {
            let status = StatusCode::from_u16(status).unwrap();
            (status, [(header::LOCATION, to.clone())]).into_response()
        })
        .await;
        let transport = Http::new(http_client::build(Private::Allowed).unwrap());
        let root = Root::new(Kind::FinanceOperations, &origin).unwrap();
        let read = reads::person_image(&root, "000001");
        let answer = transport.send(&read, "token-canary").await.unwrap();
        assert_eq!(answer.status, status, "the redirect is the answer");
        let form = [("client_secret", "secret-canary")];
        let address = format!("{origin}/oauth2/v2.0/token");
        let answer = transport.post_form(&address, &form).await.unwrap();
        assert_eq!(answer.status, status);
        let error = authority(&origin).metadata().await.unwrap_err();
        assert!(error.contains(&format!("answered {status}")), "{error}");
        assert_eq!(asked.load(Ordering::SeqCst), 3, "each once");
    }
    assert_eq!(reached.load(Ordering::SeqCst), 0, "nobody went there");
}

/// A discovery document of `origin`, with one member changed.
fn discovery(origin: &str, member: &str, value: &str) -> Value {
    let mut document = json!({
        "issuer": format!("{origin}/{TENANT}/v2.0"),
        "authorization_endpoint": format!("{origin}/authorize"),
        "token_endpoint": format!("{origin}/token"),
        "jwks_uri": format!("{origin}/keys"),
        "end_session_endpoint": format!("{origin}/logout"),
    });
    document[member] = json!(value);
    document
}

#[tokio::test]
async fn discovery_names_no_endpoint_elsewhere() {
    let (canary, reached) = canary().await;
    for member in [
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "end_session_endpoint",
    ] {
        for elsewhere in [
            format!("{canary}/x"),
            "https://169.254.169.254/latest".to_owned(),
            "https://login.microsoftonline.com/x".to_owned(),
            "file:///etc/passwd".to_owned(),
            "//evil.example/x".to_owned(),
            "\\\\evil.example".to_owned(),
            "{origin}@evil.example/x".to_owned(),
            "{origin}.evil.example/x".to_owned(),
            "javascript:alert(1)".to_owned(),
        ] {
            let named = elsewhere.clone();
            let (origin, _) = server(move |request| {
                let host = request.headers()[header::HOST].to_str().unwrap();
                let origin = format!("http://{host}");
                let value = named.replace("{origin}", &origin);
                axum::Json(discovery(&origin, member, &value)).into_response()
            })
            .await;
            let authority = authority(&origin);
            let refused = authority.metadata().await;
            assert!(refused.is_err(), "{member} at {elsewhere} was believed");
            assert!(authority.known_metadata().is_none(), "nothing is kept");
        }
    }
    let (origin, _) = server(|request| {
        let host = request.headers()[header::HOST].to_str().unwrap();
        let origin = format!("http://{host}");
        axum::Json(discovery(&origin, "jwks_uri", &format!("{origin}/keys"))).into_response()
    })
    .await;
    let believed = authority(&origin).metadata().await.unwrap();
    assert_eq!(believed.jwks_uri.as_str(), format!("{origin}/keys"));
    assert_eq!(reached.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn discovery_names_the_issuer_that_was_asked() {
    let ours = format!("{{origin}}/{TENANT}/v2.0");
    for (named, believed) in [
        (ours.clone(), true),
        ("{origin}/{tenantid}/v2.0".to_owned(), true),
        (format!("{ours}/"), false),
        (ours.to_uppercase().replace("{ORIGIN}", "{origin}"), false),
        (format!("https://evil.example/{TENANT}/v2.0"), false),
        (
            "{origin}/22222222-2222-2222-2222-222222222222/v2.0".to_owned(),
            false,
        ),
        (String::new(), false),
    ] {
        let issuer = named.clone();
        let (origin, _) = server(move |request| {
            let host = request.headers()[header::HOST].to_str().unwrap();
            let origin = format!("http://{host}");
            let issuer = issuer.replace("{origin}", &origin);
            axum::Json(discovery(&origin, "issuer", &issuer)).into_response()
        })
        .await;
        let read = authority(&origin).metadata().await;
        assert_eq!(read.is_ok(), believed, "{named}");
    }
}
