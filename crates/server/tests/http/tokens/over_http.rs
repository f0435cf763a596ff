//! The same forgeries, sent to a real route.

use std::time::Duration;

use eloops_server::auth::token::Refusal;
use eloops_server::clock::Clock;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde_json::json;

use super::forger::{CARD, CLIENT, Forger};
use super::forgeries;
use super::signer::Signer;
use crate::support::authority::{Authority, Fault};
use crate::support::db::Db;
use crate::support::world::{World, refusal};

/// A server that believes the keys of a sign-in service of our own.
struct Stage {
    authority: Authority,
    world: World,
    forger: Forger,
}

impl Stage {
    async fn set() -> Self {
        let authority = Authority::start().await;
        let audiences = format!("api://eloops,{CLIENT}");
        let settings = [
            ("ELOOPS_AUTHORITY", authority.url.as_str()),
            ("ELOOPS_AUDIENCE", &audiences),
            ("ELOOPS_CLIENT_ID", CLIENT),
            ("ELOOPS_ALLOWED_CLIENTS", CARD),
            ("ELOOPS_RATE_LIMIT", "off"),
        ];
        let world = World::with(Db::sqlite().await, &settings).await;
        let forger = Forger::new(&authority.url, world.db.clock.seconds());
        let mut ours = forger.ours.jwk();
        ours["issuer"] = json!(forger.common_issuer());
        authority.publish(vec![ours, forger.consumers.jwk(), forger.neighbour.jwk()]);
        Self {
            authority,
            world,
            forger,
        }
    }

    /// Asks a real route; none where HTTP itself cannot carry the token.
    async fn me(&self, token: &str) -> Option<reqwest::Response> {
        let bearer = HeaderValue::from_bytes(format!("Bearer {token}").as_bytes()).ok()?;
        let request = self.world.http.get(format!("{}/api/v1/me", self.world.url));
        Some(request.header(AUTHORIZATION, bearer).send().await.unwrap())
    }

    async fn status(&self, token: &str) -> u16 {
        self.me(token).await.unwrap().status().as_u16()
    }
}

#[tokio::test]
async fn no_forgery_gets_in_over_http_and_none_learns_why() {
    let stage = Stage::set().await;
    let forger = &stage.forger;
    for token in [forger.genuine(), forger.application(json!({}))] {
        assert_eq!(stage.status(&token).await, 200, "a genuine token");
    }

    let all = forgeries::all(forger);
    let mut sent = 0;
    for forgery in &all {
        // HTTP itself refuses control characters, and drops spaces around a value; other letters are no bearer at all.
        if forgery.token.trim() != forgery.token || !forgery.token.is_ascii() {
            continue;
        }
        let Some(answer) = stage.me(&forgery.token).await else {
            continue;
        };
        sent += 1;
        let (status, code) = match forgery.rule {
            Refusal::Scope => (403, "insufficient_scope"),
            _ => (401, "invalid_token"),
        };
        assert_eq!(answer.status(), status, "{}", forgery.name);
        let challenge = answer.headers()["www-authenticate"].to_str().unwrap();
        assert!(
            challenge.starts_with(&format!("Bearer error=\"{code}\"")),
            "{}: {challenge}",
            forgery.name
        );
        let body = answer.text().await.unwrap();
        assert!(
            body.contains(&format!("\"code\":\"{code}\"")),
            "{}: {body}",
            forgery.name
        );
        assert!(
            !body.contains(&forgery.rule.to_string()),
            "{}: the rule stays inside: {body}",
            forgery.name
        );
    }
    assert!(
        sent >= 150 && sent + 20 >= all.len(),
        "{sent} of {} were sent",
        all.len()
    );
    // The first token, and the first of the many unknown key ids.
    assert_eq!(stage.authority.fetches(), 2, "reads of the keys");
    println!("forged tokens refused over HTTP: {sent}/{sent}");
}

#[tokio::test]
async fn whatever_the_keys_endpoint_answers_the_last_good_keys_stay() {
    let stage = Stage::set().await;
    let genuine = stage.forger.genuine();
    assert_eq!(stage.status(&genuine).await, 200);
    let unknown = stage.forger.with_header(json!({"kid": "unknown"}));
    let faults = [
        Fault::Status(500),
        Fault::Status(404),
        Fault::Garbage,
        Fault::OtherShape,
        Fault::NoKeys,
        Fault::Redirect,
        Fault::Endless,
    ];
    for (at, fault) in faults.into_iter().enumerate() {
        stage.authority.fail(Some(fault));
        assert_eq!(stage.status(&unknown).await, 401, "{fault:?}");
        assert_eq!(stage.authority.fetches(), at + 2, "{fault:?} was met");
        assert_eq!(stage.status(&genuine).await, 200, "{fault:?}");
        stage.world.db.clock.advance(Duration::from_secs(301));
    }
    stage.authority.fail(None);
    let new = Signer::new("new", &stage.forger.common_issuer());
    stage.authority.publish(vec![new.jwk()]);
    let header = json!({"alg": "RS256", "kid": "new"}).to_string();
    let token = new.sign(&header, &stage.forger.claims().to_string());
    assert_eq!(stage.status(&token).await, 200, "the new key, at once");
    assert_eq!(stage.status(&genuine).await, 401, "the key that is gone");
}

#[tokio::test]
async fn without_keys_the_api_says_so_and_when_to_come_back() {
    let stage = Stage::set().await;
    stage.authority.fail(Some(Fault::Status(503)));
    let answer = stage.me(&stage.forger.genuine()).await.unwrap();
    assert_eq!(answer.headers()["retry-after"], "10");
    assert_eq!(
        refusal(answer).await,
        (503, "sign_in_unavailable".to_owned())
    );
}
