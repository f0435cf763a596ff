//! A sandbox with a client, and the steps most tests need.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Client, Method, Response, StatusCode, redirect::Policy};
use serde_json::{Value, json};
use talent_sandbox::{CompanySource, Options, Running, TENANT};
use url::Url;

/// The example pair of RFC 7636, Appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub(crate) const CALLBACK: &str = "http://localhost:7400/auth/callback";
pub(crate) const SPA: &str = "http://localhost:7400/frame/";

pub(crate) struct Stand {
    pub(crate) running: Running,
    pub(crate) client: Client,
}

impl Stand {
    /// A made-up company of forty workers.
    pub(crate) async fn new() -> Self {
        Self::with(Options {
            company: CompanySource::MadeUp(40),
            ..Options::default()
        })
        .await
    }

    /// The demo company.
    pub(crate) async fn adventure_works() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/adventure-works");
        Self::with(Options {
            company: CompanySource::Folder(folder.into()),
            ..Options::default()
        })
        .await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let running = talent_sandbox::start(options).await.unwrap();
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { running, client }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.url())
    }

    /// A path under the tenant.
    pub(crate) fn tenant(&self, path: &str) -> String {
        self.url(&format!("/{TENANT}{path}"))
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().await.unwrap()
    }

    /// A control; gives the status and the JSON.
    pub(crate) async fn control(
        &self,
        method: Method,
        path: &str,
        body: Value,
    ) -> (StatusCode, Value) {
        let request = self
            .client
            .request(method, self.url(&format!("/sandbox/{path}")));
        let response = request.body(body.to_string()).send().await.unwrap();
        let status = response.status();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// A control that must succeed.
    pub(crate) async fn turn(&self, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.control(method, path, body).await;
        assert!(status.is_success(), "{path}: {status} {answer}");
        answer
    }

    /// A token of `POST /sandbox/tokens`.
    pub(crate) async fn token(&self, body: Value) -> String {
        let answer = self.turn(Method::POST, "tokens", body).await;
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// A token for Talent: of a worker, or of the app for `None`.
    pub(crate) async fn talent_token(&self, worker: Option<&str>) -> String {
        self.token(json!({ "worker": worker, "audience": self.running.url() }))
            .await
    }

    /// `GET` on Talent's data with a bearer.
    pub(crate) async fn data(&self, path: &str, token: &str) -> Response {
        self.client
            .get(self.url(path))
            .bearer_auth(token)
            .send()
            .await
            .unwrap()
    }

    /// The token endpoint; gives the status and the JSON.
    pub(crate) async fn redeem(&self, form: &[(&str, &str)]) -> (StatusCode, Value) {
        self.redeem_from(form, None).await
    }

    /// The same from a browser page of `origin`.
    pub(crate) async fn redeem_from(
        &self,
        form: &[(&str, &str)],
        origin: Option<&str>,
    ) -> (StatusCode, Value) {
        let mut request = self
            .client
            .post(self.tenant("/oauth2/v2.0/token"))
            .form(form);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let response = request.send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }

    /// The app's authorize address, with parameters added or replaced.
    pub(crate) fn authorize(&self, changes: &[(&str, &str)]) -> Url {
        let mut pairs = vec![
            ("client_id", "eloops-server"),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("scope", "openid offline_access api://eloops/access_as_user"),
            ("state", "a state"),
            ("nonce", "a nonce"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        pairs.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        pairs.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        Url::parse_with_params(&self.tenant("/oauth2/v2.0/authorize"), pairs).unwrap()
    }

    /// Chooses a person by personnel number, as the page's button does.
    pub(crate) async fn choose(&self, number: &str, changes: &[(&str, &str)]) -> Response {
        let token = self.talent_token(Some(number)).await;
        let oid = claims(&token)["oid"].as_str().unwrap().to_owned();
        let mut form: Vec<(String, String)> =
            self.authorize(changes).query_pairs().into_owned().collect();
        form.push(("oid".into(), oid));
        self.client
            .post(self.tenant("/login"))
            .form(&form)
            .send()
            .await
            .unwrap()
    }

    /// A code for a person.
    pub(crate) async fn code(&self, number: &str, changes: &[(&str, &str)]) -> String {
        let response = self.choose(number, changes).await;
        let location = location(&response);
        parameter(&location, "code").unwrap_or_else(|| panic!("expected a code in {location}"))
    }

    /// Redeems a code the right way.
    pub(crate) async fn redeem_code(
        &self,
        code: &str,
        changes: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("client_id", "eloops-server"),
            ("client_secret", "sandbox-secret"),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
            ("code", code),
        ];
        form.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
        form.extend(changes.iter().filter(|(_, value)| !value.is_empty()));
        self.redeem(&form).await
    }
}

/// Where a redirect leads.
pub(crate) fn location(response: &Response) -> Url {
    let location = response.headers().get("location");
    let location = location.unwrap_or_else(|| panic!("expected a redirect, was {response:?}"));
    location.to_str().unwrap().parse().unwrap()
}

/// A parameter of an address.
pub(crate) fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

/// The claims of a token, unverified.
pub(crate) fn claims(token: &str) -> Value {
    part(token, 1)
}

/// The header of a token.
pub(crate) fn header(token: &str) -> Value {
    part(token, 0)
}

fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

/// Asserts Entra's error.
#[track_caller]
pub(crate) fn assert_refused((status, body): (StatusCode, Value), error: &str, number: u32) {
    assert!(
        status.is_client_error(),
        "expected {error} {number}, was {status} {body}"
    );
    assert_eq!(body["error"], error, "{body}");
    assert_eq!(body["error_codes"], json!([number]), "{body}");
    let description = body["error_description"].as_str().unwrap();
    assert!(
        description.starts_with(&format!("AADSTS{number}: ")),
        "{description}"
    );
    for field in ["timestamp", "trace_id", "correlation_id"] {
        assert!(body[field].is_string(), "{field} in {body}");
    }
}
