//! Every forgery through the function that the API uses.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use eloops_server::auth::believe::{Unbelieved, believe};
use eloops_server::auth::keys::{KeyCache, KeySource};
use eloops_server::auth::token::{SigningKey, Verified};

use super::forger::Forger;
use super::forgeries;

pub(crate) const NOW: f64 = 1_800_000_000.0;
pub(crate) const ROOT: &str = "https://login.example";

/// Publishes the same keys for ever.
pub(crate) struct Published(Vec<SigningKey>);

#[async_trait]
impl KeySource for Published {
    async fn fetch_keys(&self) -> Result<Vec<SigningKey>, String> {
        Ok(self.0.clone())
    }
}

/// A sign-in service's keys as the server holds them.
pub(crate) fn keys(forger: &Forger) -> KeyCache<Published> {
    let mut ours = forger.ours.published();
    ours.issuer = forger.common_issuer();
    let all = vec![
        ours,
        forger.consumers.published(),
        forger.neighbour.published(),
    ];
    KeyCache::new(Arc::new(Published(all)))
}

/// What the API makes of a token.
pub(crate) async fn judge(keys: &KeyCache<Published>, token: &str) -> Result<Verified, Unbelieved> {
    believe(keys, &Forger::policy(), token, NOW).await
}

#[tokio::test]
async fn no_forgery_is_believed_and_each_breaks_its_own_rule() {
    let forger = Forger::new(ROOT, NOW);
    let keys = keys(&forger);
    let all = forgeries::all(&forger);
    let mut wrong = Vec::new();
    for forgery in &all {
        let answer = judge(&keys, &forgery.token).await;
        if answer != Err(Unbelieved::Refused(forgery.rule)) {
            wrong.push(format!(
                "{}: {answer:?}, expected {:?}",
                forgery.name, forgery.rule
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
    println!("forged tokens refused: {}/{}", all.len(), all.len());
}

#[test]
fn the_list_is_long_and_repeats_nothing() {
    let all = forgeries::all(&Forger::new(ROOT, NOW));
    let mut seen = HashSet::new();
    for forgery in &all {
        for text in [&forgery.name, &forgery.token] {
            assert!(seen.insert(text), "{} stands twice: {text}", forgery.name);
        }
    }
    assert!(all.len() >= 150, "{} forgeries", all.len());
}
