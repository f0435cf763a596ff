use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use eloops_talent::{Request, Response, read_one, reads};
use jiff::Timestamp;

use super::*;
use crate::{
    clock::{Clock, TestClock},
    config::tests::network,
};

/// Answers with what was put in, and notes when it was asked.
struct Script {
    answers: Mutex<VecDeque<Result<Response, Failure>>>,
    asked: Mutex<Vec<(Timestamp, String)>>,
    tokens: Mutex<u32>,
    clock: Arc<TestClock>,
}

#[async_trait]
impl Transport for Script {
    async fn send(&self, _: &Request, bearer: &str) -> Result<Response, Failure> {
        self.asked
            .lock()
            .unwrap()
            .push((self.clock.now(), bearer.to_owned()));
        self.answers
            .lock()
            .unwrap()
            .pop_front()
            .expect("one answer more than was asked for")
    }

    async fn post_form(&self, url: &str, form: &Form<'_>) -> Result<Response, Failure> {
        assert!(url.ends_with("/oauth2/v2.0/token"), "{url}");
        assert!(
            form.contains(&("grant_type", "client_credentials")),
            "{form:?}"
        );
        let mut tokens = self.tokens.lock().unwrap();
        *tokens += 1;
        Ok(Response::new(
            200,
            format!(r#"{{"access_token":"t{tokens}","expires_in":3600}}"#),
        ))
    }
}

fn client(answers: Vec<Result<Response, Failure>>) -> (TalentClient, Arc<Script>, Arc<TestClock>) {
    let clock = TestClock::at("2026-11-22T08:00:00Z".parse().unwrap());
    let script = Arc::new(Script {
        answers: Mutex::new(answers.into()),
        asked: Mutex::default(),
        tokens: Mutex::default(),
        clock: clock.clone(),
    });
    (
        TalentClient::new(&network(), script.clone(), clock.clone()),
        script,
        clock,
    )
}

async fn ask(client: &TalentClient) -> Result<eloops_talent::Worker, CallError> {
    client
        .send(&reads::worker(client.root(), "000001"), read_one)
        .await
}

fn worker() -> Result<Response, Failure> {
    Ok(Response::new(
        200,
        r#"{"PersonnelNumber":"000001","Name":"Jodi"}"#,
    ))
}

fn throttled(retry_after: Option<&str>) -> Result<Response, Failure> {
    Ok(Response {
        retry_after: retry_after.map(Into::into),
        ..Response::new(429, "")
    })
}

/// Seconds between the calls.
fn waits(script: &Script) -> Vec<i64> {
    let asked = script.asked.lock().unwrap();
    asked
        .windows(2)
        .map(|pair| pair[1].0.as_second() - pair[0].0.as_second())
        .collect()
}

#[tokio::test]
async fn waits_as_long_as_it_is_asked_to() {
    let date = throttled(Some("Sun, 22 Nov 2026 08:01:00 GMT"));
    let (client, script, _) = client(vec![throttled(Some("7")), date, throttled(None), worker()]);
    assert!(ask(&client).await.is_ok());
    assert_eq!(
        waits(&script),
        [7, 53, 30],
        "seconds, a date, and Microsoft's own 30 when nothing is said"
    );
}

#[tokio::test]
async fn a_cut_or_lost_answer_is_asked_again() {
    let lost = Failure::Timeout {
        host: "talent".to_owned(),
    };
    let cut = Response::new(200, r#"{"PersonnelNumber":"0000"#);
    let (client, script, _) = client(vec![Err(lost), Ok(cut), worker()]);
    assert_eq!(&*ask(&client).await.unwrap().personnel_number, "000001");
    assert_eq!(script.asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn gives_up_with_talents_own_words() {
    let down = || {
        Ok(Response::new(
            503,
            r#"{"error":{"message":"Down for maintenance"}}"#,
        ))
    };
    let (client, script, _) = client(vec![down(), down(), down(), down(), down()]);
    let error = ask(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Talent answered 503: Down for maintenance"
    );
    assert_eq!(script.asked.lock().unwrap().len(), 5);
}

#[tokio::test]
async fn what_will_not_change_is_asked_once() {
    for status in [400, 403, 404] {
        let (client, script, _) = client(vec![Ok(Response::new(status, ""))]);
        assert!(ask(&client).await.is_err());
        assert_eq!(script.asked.lock().unwrap().len(), 1, "status {status}");
    }
}

#[tokio::test]
async fn does_not_wait_for_an_hour() {
    let (client, _, clock) = client(vec![throttled(Some("3600"))]);
    let before = clock.now();
    assert!(ask(&client).await.is_err());
    assert_eq!(clock.now(), before);
}

#[tokio::test]
async fn a_token_is_fetched_once_and_renewed_before_it_runs_out() {
    let (client, script, clock) = client(vec![worker(), worker(), worker()]);
    let (first, second) = tokio::join!(ask(&client), ask(&client));
    first.and(second).unwrap();
    assert_eq!(*script.tokens.lock().unwrap(), 1);
    clock.advance(Duration::from_secs(3400));
    ask(&client).await.unwrap();
    assert_eq!(script.asked.lock().unwrap()[2].1, "t2");
}

#[tokio::test]
async fn a_rejected_token_is_replaced_once() {
    let no = || Ok(Response::new(401, ""));
    let (client, script, _) = client(vec![no(), worker(), no(), no()]);
    ask(&client).await.unwrap();
    assert_eq!(script.asked.lock().unwrap()[1].1, "t2");
    let error = ask(&client).await.unwrap_err();
    assert!(
        error.to_string().contains("client id"),
        "says what to check: {error}"
    );
    assert_eq!(script.asked.lock().unwrap().len(), 4);
}
