use std::collections::VecDeque;

use async_trait::async_trait;
use eloops_talent::Request;

use super::*;
use crate::clock::TestClock;
use crate::config::tests::network;
use crate::transport::{Failure, Form};

/// Gives the answers that were put in, and keeps the forms.
struct Script {
    answers: Mutex<VecDeque<Result<Response, Failure>>>,
    forms: Mutex<Vec<Vec<(String, String)>>>,
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, request: &Request, _: &str) -> Result<Response, Failure> {
        panic!("Talent was asked: {}", request.url)
    }

    async fn post_form(&self, _: &str, form: &Form<'_>) -> Result<Response, Failure> {
        let pairs = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        self.forms.lock().unwrap().push(pairs.collect());
        self.answers
            .lock()
            .unwrap()
            .pop_front()
            .expect("one answer more than was asked for")
    }
}

fn endpoint(
    answers: Vec<Result<Response, Failure>>,
) -> (TokenEndpoint, Arc<Script>, Arc<TestClock>) {
    let clock = TestClock::at("2026-11-22T08:00:00Z".parse().unwrap());
    let script = Arc::new(Script {
        answers: Mutex::new(answers.into()),
        forms: Mutex::default(),
    });
    let endpoint = TokenEndpoint::new(&network().entra, script.clone(), clock.clone());
    (endpoint, script, clock)
}

fn answer(status: u16, body: &str) -> Result<Response, Failure> {
    Ok(Response::new(status, body))
}

async fn error_of(given: Result<Response, Failure>) -> TokenError {
    let (endpoint, _, _) = endpoint(vec![given]);
    endpoint.on_behalf_of("a", "s").await.unwrap_err()
}

const TOKENS: &str = r#"{"token_type":"Bearer","access_token":"t","expires_in":3600}"#;

#[tokio::test]
async fn every_grant_says_who_asks_and_what_for() {
    let (endpoint, script, _) = endpoint(vec![
        answer(200, TOKENS),
        answer(200, TOKENS),
        answer(200, TOKENS),
        answer(200, TOKENS),
    ]);
    endpoint.client_credentials("s").await.unwrap();
    endpoint.redeem_code("c", "v", "r", "s").await.unwrap();
    endpoint.refresh("rt", "s").await.unwrap();
    endpoint.on_behalf_of("a", "s").await.unwrap();
    let forms = script.forms.lock().unwrap();
    let pairs: Vec<Vec<_>> = forms
        .iter()
        .map(|form| form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect())
        .collect();
    let who = [
        ("client_id", "eloops-server"),
        ("client_secret", "sandbox-secret"),
    ];
    let jwt_bearer = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    let expected: [&[(&str, &str)]; 4] = [
        &[("grant_type", "client_credentials"), ("scope", "s")],
        &[
            ("grant_type", "authorization_code"),
            ("code", "c"),
            ("code_verifier", "v"),
            ("redirect_uri", "r"),
            ("scope", "s"),
        ],
        &[
            ("grant_type", "refresh_token"),
            ("refresh_token", "rt"),
            ("scope", "s"),
        ],
        &[
            ("grant_type", jwt_bearer),
            ("assertion", "a"),
            ("requested_token_use", "on_behalf_of"),
            ("scope", "s"),
        ],
    ];
    for (sent, grant) in pairs.iter().zip(expected) {
        assert_eq!(*sent, [&who, grant].concat());
    }
}

#[tokio::test]
async fn entras_errors_keep_what_decides() {
    let body = r#"{"error":"interaction_required","suberror":"basic_action","error_codes":[50079],
        "claims":"{\"access_token\":{}}","error_description":"AADSTS50079: For a@b.c.\r\nTrace ID: 1"}"#;
    let error = error_of(answer(400, body)).await;
    assert_eq!(
        error,
        TokenError::Refused(Box::new(Refusal {
            error: "interaction_required".to_owned(),
            suberror: Some("basic_action".to_owned()),
            codes: vec![50_079],
            claims: Some(r#"{"access_token":{}}"#.to_owned()),
            message: "AADSTS50079: For a@b.c.".to_owned(),
        }))
    );
    assert!(error.needs_person() && !error.is_retryable() && !error.lacks_consent());
    assert!(
        !error.to_string().contains("a@b.c"),
        "what may name a person stays out of the log: {error}"
    );
    assert!(
        error.in_full().contains("AADSTS50079: For a@b.c."),
        "{}",
        error.in_full()
    );
}

#[tokio::test]
async fn missing_consent_is_known_in_each_of_its_forms() {
    for body in [
        r#"{"error":"invalid_grant","error_codes":[65001]}"#,
        r#"{"error":"invalid_grant","error_codes":[90094]}"#,
        r#"{"error":"interaction_required","suberror":"consent_required"}"#,
        r#"{"error":"consent_required"}"#,
    ] {
        let error = error_of(answer(400, body)).await;
        assert!(error.lacks_consent() && error.needs_person(), "{body}");
    }
    let other = error_of(answer(
        400,
        r#"{"error":"invalid_grant","error_codes":[50013]}"#,
    ))
    .await;
    assert!(!other.lacks_consent());
}

#[tokio::test]
async fn outages_are_told_from_nonsense() {
    let lost = || {
        Err(Failure::Timeout {
            host: "login.example".to_owned(),
        })
    };
    for (given, passes) in [
        (lost(), true),
        (answer(503, "down"), true),
        (answer(429, r#"{"error":"invalid_request"}"#), true),
        (answer(400, r#"{"error":"temporarily_unavailable"}"#), true),
        (answer(404, "<html>"), false),
        (answer(200, "<html>"), false),
        (answer(200, r#"{"expires_in":1}"#), false),
    ] {
        let error = error_of(given.clone()).await;
        assert_eq!(error.is_retryable(), passes, "{given:?}: {error}");
        assert!(!error.needs_person(), "{given:?}");
    }
}

#[tokio::test]
async fn nobody_asks_while_the_endpoint_wants_to_be_left_alone() {
    let throttled = Ok(Response {
        retry_after: Some("30".into()),
        ..Response::new(429, "")
    });
    let (endpoint, script, clock) = endpoint(vec![throttled, answer(200, TOKENS)]);
    let told = endpoint.refresh("rt", "s").await.unwrap_err();
    assert_eq!(told.retry_after(), Some(Duration::from_secs(30)));
    clock.advance(Duration::from_secs(10));
    let held = endpoint.client_credentials("s").await.unwrap_err();
    assert_eq!(held.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!(
        script.forms.lock().unwrap().len(),
        1,
        "the second was not sent"
    );
    clock.advance(Duration::from_secs(20));
    endpoint.client_credentials("s").await.unwrap();
}
