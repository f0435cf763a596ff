use std::collections::BTreeMap;

use async_trait::async_trait;
use eloops_talent::{Request, Response};
use futures_util::future::join_all;
use proptest::prelude::*;

use super::*;
use crate::clock::{Clock, TestClock};
use crate::config::tests::network;
use crate::transport::{Failure, Form, Transport};

/// Gives to whoever brings `X` a token of `X`, unless it was told otherwise, and keeps what was asked.
#[derive(Default)]
struct Entra {
    asked: Mutex<Vec<String>>,
    instead: Mutex<Option<Result<Response, Failure>>>,
    /// How often each request lets others go first.
    yields: usize,
}

#[async_trait]
impl Transport for Entra {
    async fn send(&self, request: &Request, _: &str) -> Result<Response, Failure> {
        panic!("Talent was asked: {}", request.url)
    }

    async fn post_form(&self, _: &str, form: &Form<'_>) -> Result<Response, Failure> {
        let form: BTreeMap<_, _> = form.iter().copied().collect();
        let source = form
            .get("assertion")
            .or(form.get("refresh_token"))
            .expect("a user's grant");
        let number = {
            let mut asked = self.asked.lock().unwrap();
            asked.push((*source).to_owned());
            asked.len()
        };
        for _ in 0..self.yields {
            tokio::task::yield_now().await;
        }
        if let Some(instead) = self.instead.lock().unwrap().clone() {
            return instead;
        }
        let body = format!(r#"{{"access_token":"{source}#{number}","expires_in":3600}}"#);
        Ok(Response::new(200, body))
    }
}

fn tokens(yields: usize) -> (UserTokens, Arc<Entra>, Arc<TestClock>) {
    let clock = TestClock::at("2026-11-22T08:00:00Z".parse().unwrap());
    let entra = Arc::new(Entra {
        yields,
        ..Entra::default()
    });
    let endpoint = TokenEndpoint::new(&network().entra, entra.clone(), clock.clone());
    let tokens = UserTokens::new(Arc::new(endpoint), "s/.default".to_owned(), clock.clone());
    (tokens, entra, clock)
}

impl Entra {
    fn times(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    fn say(&self, answer: Option<Result<Response, Failure>>) {
        *self.instead.lock().unwrap() = answer;
    }
}

fn refusal() -> Option<Result<Response, Failure>> {
    Some(Ok(Response::new(
        400,
        r#"{"error":"interaction_required","error_codes":[50079],"claims":"{}"}"#,
    )))
}

fn outage() -> Option<Result<Response, Failure>> {
    Some(Err(Failure::Timeout {
        host: "login".to_owned(),
    }))
}

async fn ask(tokens: &UserTokens, who: &str) -> Result<String, TokenError> {
    let token = tokens.on_behalf_of(&Secret::new(who)).await?;
    Ok(token.expose().to_owned())
}

#[tokio::test]
async fn a_thousand_requests_of_one_person_ask_once() {
    let (tokens, entra, _) = tokens(20);
    for token in join_all((0..1000).map(|_| ask(&tokens, "jodi"))).await {
        assert_eq!(token.unwrap(), "jodi#1");
    }
    assert_eq!(entra.times(), 1);
}

#[tokio::test]
async fn a_thousand_requests_of_somebody_who_is_refused_ask_once() {
    for answer in [refusal(), outage()] {
        let (tokens, entra, _) = tokens(20);
        entra.say(answer);
        for token in join_all((0..1000).map(|_| ask(&tokens, "jodi"))).await {
            token.unwrap_err();
        }
        assert_eq!(entra.times(), 1);
    }
}

#[tokio::test]
async fn a_token_is_renewed_five_minutes_before_its_end() {
    let (tokens, entra, clock) = tokens(0);
    assert_eq!(ask(&tokens, "jodi").await.unwrap(), "jodi#1");
    clock.advance(Duration::from_secs(3299));
    assert_eq!(ask(&tokens, "jodi").await.unwrap(), "jodi#1");
    clock.advance(Duration::from_secs(1));
    assert_eq!(ask(&tokens, "jodi").await.unwrap(), "jodi#2");
    assert_eq!(entra.times(), 2);
}

#[tokio::test]
async fn a_token_serves_to_its_end_while_nobody_can_be_asked_but_not_after_a_refusal() {
    let (tokens, entra, clock) = tokens(0);
    ask(&tokens, "jodi").await.unwrap();
    entra.say(outage());
    clock.advance(Duration::from_secs(3400));
    assert_eq!(ask(&tokens, "jodi").await.unwrap(), "jodi#1");
    assert_eq!(ask(&tokens, "jodi").await.unwrap(), "jodi#1");
    assert_eq!(entra.times(), 2, "and it is not tried at every request");
    entra.say(refusal());
    clock.advance(Duration::from_secs(10));
    ask(&tokens, "jodi").await.unwrap_err();
    entra.say(outage());
    clock.advance(Duration::from_secs(10));
    ask(&tokens, "jodi")
        .await
        .expect_err("the token that was cached before the refusal is gone");
}

#[tokio::test]
async fn a_refusal_is_kept_for_seconds_that_double() {
    let (tokens, entra, clock) = tokens(0);
    entra.say(refusal());
    let start = clock.now();
    let mut asked_at = Vec::new();
    for _ in 0..300 {
        let before = entra.times();
        ask(&tokens, "jodi").await.unwrap_err();
        if entra.times() > before {
            asked_at.push(clock.now().duration_since(start).as_secs());
        }
        clock.advance(Duration::from_secs(1));
    }
    assert_eq!(asked_at, [0, 5, 15, 35, 75, 135, 195, 255]);
    entra.say(None);
    clock.advance(Duration::from_secs(60));
    ask(&tokens, "jodi")
        .await
        .expect("whoever is allowed again gets in");
}

#[tokio::test]
async fn another_persons_refusal_is_their_own() {
    let (tokens, entra, _) = tokens(0);
    entra.say(refusal());
    ask(&tokens, "jodi").await.unwrap_err();
    entra.say(None);
    assert_eq!(ask(&tokens, "ann").await.unwrap(), "ann#2");
    ask(&tokens, "jodi").await.unwrap_err();
}

#[tokio::test]
async fn what_talent_did_not_accept_is_fetched_again() {
    let (tokens, _, _) = tokens(0);
    ask(&tokens, "jodi").await.unwrap();
    tokens.forget_assertion(&Secret::new("jodi"));
    assert_eq!(ask(&tokens, "jodi").await.unwrap(), "jodi#2");
    let session = async || {
        let refresh = Secret::new("refresh");
        let token = tokens
            .of_session("id", &refresh, async |_| {})
            .await
            .unwrap();
        token.expose().to_owned()
    };
    assert_eq!(session().await, "refresh#3");
    tokens.forget_assertion(&Secret::new("id"));
    assert_eq!(session().await, "refresh#3", "a session is no assertion");
    tokens.forget_session("id");
    assert_eq!(session().await, "refresh#4");
}

#[tokio::test]
async fn what_has_ended_makes_room() {
    let (tokens, _, clock) = tokens(0);
    for at in 0..ROOM {
        ask(&tokens, &format!("user {at}")).await.unwrap();
    }
    assert_eq!(tokens.lock().len(), ROOM);
    clock.advance(Duration::from_secs(3600));
    ask(&tokens, "one more").await.unwrap();
    assert_eq!(tokens.lock().len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// 100 times 1,000 requests of up to 20 people, in any order and with any pauses: 10^5 answers in all.
    #[test]
    fn nobody_ever_gets_another_persons_token(
        yields in 0..4_usize,
        requests in prop::collection::vec((0..20_u8, 0..8_usize, any::<bool>()), 1000),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (tokens, entra, _) = tokens(yields);
        let answers = runtime.block_on(join_all(requests.iter().map(|(who, pauses, forget)| {
            let (tokens, who) = (&tokens, format!("user {who}"));
            async move {
                for _ in 0..*pauses {
                    tokio::task::yield_now().await;
                }
                let token = ask(tokens, &who).await;
                if *forget && *pauses == 7 {
                    tokens.forget_assertion(&Secret::new(who.as_str()));
                }
                (who, token)
            }
        })));
        for (who, token) in answers {
            let token = token.unwrap();
            prop_assert_eq!(token.split_once('#').unwrap().0, who.as_str());
        }
        let forgotten = requests.iter().filter(|(_, pauses, forget)| *forget && *pauses == 7).count();
        prop_assert!(entra.times() <= 20 + forgotten, "{} requests", entra.times());
    }
}
