//! The same forgeries, sent to a real route.

use eloops_server::auth::token::Refusal;
use eloops_server::clock::Clock;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde_json::json;

use super::forger::{CARD, CLIENT, Forger};
use super::forgeries;
use crate::support::authority::Authority;
use crate::support::db::Db;
use crate::support::world::World;

#[tokio::test]
async fn no_forgery_gets_in_over_http_and_none_learns_why() {
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
    #[expect(clippy::cast_precision_loss, reason = "microseconds fit 53 bits")]
    let now = world.db.clock.micros() as f64 / 1e6;
    let forger = Forger::new(&authority.url, now);
    let mut ours = forger.ours.jwk();
    ours["issuer"] = json!(forger.common_issuer());
    authority.publish(vec![ours, forger.consumers.jwk(), forger.neighbour.jwk()]);
    let me = async |token: &str| {
        let bearer = HeaderValue::from_bytes(format!("Bearer {token}").as_bytes()).ok()?;
        let request = world.http.get(format!("{}/api/v1/me", world.url));
        Some(request.header(AUTHORIZATION, bearer).send().await.unwrap())
    };
    for token in [forger.genuine(), forger.application(json!({}))] {
        assert_eq!(me(&token).await.unwrap().status(), 200, "a genuine token");
    }

    let all = forgeries::all(&forger);
    let mut sent = 0;
    for forgery in &all {
        // HTTP itself refuses control characters, and drops spaces around a value; other letters are no bearer at all.
        if forgery.token.trim() != forgery.token || !forgery.token.is_ascii() {
            continue;
        }
        let Some(answer) = me(&forgery.token).await else {
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
    assert_eq!(authority.fetches(), 2, "reads of the keys");
    println!("forged tokens refused over HTTP: {sent}/{sent}");
}
