use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use jsonwebtoken::DecodingKey;

use super::*;

/// Publishes what the test says and counts the fetches.
#[derive(Default)]
struct Published {
    kids: Mutex<Option<Vec<&'static str>>>,
    fetches: AtomicUsize,
}

impl Published {
    fn set(&self, kids: Option<Vec<&'static str>>) {
        *self.kids.lock().unwrap() = kids;
    }
    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl KeySource for Published {
    async fn fetch_keys(&self) -> Result<Vec<SigningKey>, String> {
        self.fetches.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        let kids = self.kids.lock().unwrap().clone().ok_or("down")?;
        Ok(kids.into_iter().map(key).collect())
    }
}

fn key(kid: &str) -> SigningKey {
    SigningKey {
        kid: kid.to_owned(),
        issuer: "https://login.example/{tenantid}/v2.0".to_owned(),
        key: DecodingKey::from_rsa_raw_components(&[1], &[1, 0, 1]),
    }
}

fn publishing(kids: &[&'static str]) -> KeyCache<Published> {
    let cache: KeyCache<Published> = KeyCache::new(Arc::default());
    cache.source().set(Some(kids.to_vec()));
    cache
}

async fn outcome(cache: &KeyCache<Published>, kid: &str, now: f64) -> Result<String, KeyError> {
    cache.find(kid, now).await.map(|key| key.kid)
}

#[tokio::test]
async fn a_flood_of_unknown_keys_fetches_once_in_five_minutes() {
    let cache = publishing(&["a"]);
    cache.refresh(0.0).await;
    for second in 0..299 {
        let answer = outcome(&cache, &format!("made-up-{second}"), f64::from(second)).await;
        assert_eq!(answer, Err(KeyError::Unknown));
    }
    assert_eq!(
        cache.source().fetches(),
        2,
        "one at start, one for the flood"
    );
    assert_eq!(
        outcome(&cache, "made-up", 300.0).await,
        Err(KeyError::Unknown)
    );
    assert_eq!(cache.source().fetches(), 3);
}

#[tokio::test]
async fn many_at_once_cause_one_fetch() {
    let cache = publishing(&["a"]);
    let answers = futures_util::future::join_all((0..50).map(|_| outcome(&cache, "a", 10.0))).await;
    assert!(
        answers.iter().all(|answer| answer.as_deref() == Ok("a")),
        "{answers:?}"
    );
    assert_eq!(cache.source().fetches(), 1);
}

#[tokio::test]
async fn a_new_key_is_found_at_once_and_the_old_one_until_the_new_set_is_proven() {
    let cache = publishing(&["old"]);
    cache.refresh(0.0).await;
    cache.source().set(Some(vec!["new"]));
    assert_eq!(outcome(&cache, "new", 10.0).await.as_deref(), Ok("new"));
    assert_eq!(outcome(&cache, "old", 11.0).await.as_deref(), Ok("old"));
    cache.confirm("new");
    assert_eq!(outcome(&cache, "old", 12.0).await, Err(KeyError::Unknown));
}

#[tokio::test]
async fn last_good_keys_stay_for_a_day_when_fetching_fails() {
    let cache = publishing(&["a"]);
    cache.refresh(0.0).await;
    cache.source().set(None);
    cache.refresh(3600.0).await;
    assert_eq!(outcome(&cache, "a", 3601.0).await.as_deref(), Ok("a"));
    assert_eq!(outcome(&cache, "a", KEY_LIFETIME).await.as_deref(), Ok("a"));
    assert_eq!(
        outcome(&cache, "a", KEY_LIFETIME + 1.0).await,
        Err(KeyError::Unknown)
    );
}

#[tokio::test]
async fn without_any_keys_it_says_unavailable_and_recovers() {
    let cache: KeyCache<Published> = KeyCache::new(Arc::default());
    assert_eq!(outcome(&cache, "a", 0.0).await, Err(KeyError::Unavailable));
    assert_eq!(outcome(&cache, "a", 1.0).await, Err(KeyError::Unavailable));
    assert_eq!(cache.source().fetches(), 1, "a pause between attempts");
    cache.source().set(Some(vec!["a"]));
    assert_eq!(outcome(&cache, "a", 6.0).await.as_deref(), Ok("a"));
}
