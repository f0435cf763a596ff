use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use jsonwebtoken::DecodingKey;
use tokio::sync::Semaphore;

use super::*;
use crate::clock::TestClock;

/// Publishes what the test says, and counts the fetches.
struct Published {
    kids: Mutex<Result<Vec<&'static str>, &'static str>>,
    fetches: AtomicUsize,
    /// Each fetch takes one; a test that takes them away makes the service slow.
    answers: Semaphore,
}

impl Default for Published {
    fn default() -> Self {
        Self {
            kids: Mutex::new(Err("down")),
            fetches: AtomicUsize::default(),
            answers: Semaphore::new(Semaphore::MAX_PERMITS),
        }
    }
}

impl Published {
    fn set(&self, kids: &[&'static str]) {
        *self.kids.lock().unwrap() = Ok(kids.to_vec());
    }

    fn fail(&self, how: &'static str) {
        *self.kids.lock().unwrap() = Err(how);
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }

    fn hang(&self) {
        self.answers.forget_permits(Semaphore::MAX_PERMITS);
    }

    fn go_on(&self) {
        self.answers.add_permits(1000);
    }
}

#[async_trait]
impl KeySource for Published {
    async fn fetch_keys(&self) -> Result<Vec<SigningKey>, String> {
        self.fetches.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        self.answers.acquire().await.unwrap().forget();
        let kids = self.kids.lock().unwrap().clone()?;
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
    cache.source().set(kids);
    cache
}

async fn outcome(cache: &KeyCache<Published>, kid: &str, now: f64) -> Result<String, KeyError> {
    cache.find(kid, now).await.map(|key| key.kid)
}

fn found(kid: &str) -> Result<String, KeyError> {
    Ok(kid.to_owned())
}

const UNKNOWN: Result<String, KeyError> = Err(KeyError::Unknown);
const UNAVAILABLE: Result<String, KeyError> = Err(KeyError::Unavailable);

#[tokio::test]
async fn keys_are_read_at_start_and_every_hour() {
    let start = "2026-11-22T08:00:00Z".parse().unwrap();
    let clock = TestClock::at(start);
    let cache = publishing(&["a"]);
    let source = cache.source();
    let day = async {
        while source.fetches() < 25 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = cache.keep_fresh(&*clock) => panic!("it ended"),
        () = day => {}
    }
    let hours = clock.now().duration_since(start).as_hours();
    // The clock may have gone on to the hour after the last fetch before we looked.
    assert!(
        matches!(hours, 24 | 25),
        "25 fetches, one at start, then one an hour, took {hours} hours"
    );
}

#[tokio::test]
async fn a_flood_of_unknown_keys_fetches_once_in_five_minutes() {
    let cache = publishing(&["a"]);
    cache.refresh(0.0).await;
    let flood = (0..10_000).map(|at| {
        let cache = &cache;
        async move { outcome(cache, &format!("made-up-{at}"), f64::from(at) / 40.0).await }
    });
    for answer in join_all(flood).await {
        assert_eq!(answer, UNKNOWN);
    }
    assert_eq!(
        cache.source().fetches(),
        2,
        "one at start, one for the flood"
    );
    assert_eq!(
        outcome(&cache, "a", 299.0).await,
        found("a"),
        "known keys go on"
    );
    assert_eq!(outcome(&cache, "made-up", 299.9).await, UNKNOWN);
    assert_eq!(cache.source().fetches(), 2);
    assert_eq!(outcome(&cache, "made-up", 300.0).await, UNKNOWN);
    assert_eq!(cache.source().fetches(), 3);
}

#[tokio::test]
async fn many_at_once_cause_one_fetch() {
    let cache = publishing(&["a"]);
    for answer in join_all((0..1000).map(|_| outcome(&cache, "a", 10.0))).await {
        assert_eq!(answer, found("a"));
    }
    assert_eq!(cache.source().fetches(), 1);
}

#[tokio::test]
async fn a_new_key_is_accepted_at_once_and_after_a_flood_within_five_minutes() {
    let cache = publishing(&["old"]);
    cache.refresh(0.0).await;
    cache.source().set(&["old", "new"]);
    assert_eq!(outcome(&cache, "new", 10.0).await, found("new"));
    // Somebody has used the fetch just before the next key is published.
    cache.source().set(&["old", "new", "newer"]);
    assert_eq!(outcome(&cache, "newer", 309.0).await, UNKNOWN);
    assert_eq!(outcome(&cache, "newer", 310.0).await, found("newer"));
}

#[tokio::test]
async fn a_key_that_is_no_longer_published_is_refused_from_the_next_fetch_on() {
    let cache = publishing(&["stolen", "good"]);
    cache.refresh(0.0).await;
    assert_eq!(outcome(&cache, "stolen", 1.0).await, found("stolen"));
    cache.source().set(&["good", "new"]);
    cache.refresh(3600.0).await;
    assert_eq!(outcome(&cache, "stolen", 3600.0).await, UNKNOWN);
    assert_eq!(outcome(&cache, "good", 3600.0).await, found("good"));
    assert_eq!(outcome(&cache, "new", 3600.0).await, found("new"));
}

#[tokio::test]
async fn when_all_keys_change_the_old_ones_end_with_the_first_proof_of_the_new() {
    let cache = publishing(&["old"]);
    cache.refresh(0.0).await;
    cache.source().set(&["new"]);
    assert_eq!(outcome(&cache, "new", 10.0).await, found("new"));
    assert_eq!(outcome(&cache, "old", 11.0).await, found("old"));
    cache.confirm("old");
    assert_eq!(
        outcome(&cache, "old", 12.0).await,
        found("old"),
        "that proves nothing new"
    );
    cache.confirm("new");
    assert_eq!(outcome(&cache, "old", 13.0).await, UNKNOWN);
}

#[tokio::test]
async fn when_all_keys_change_the_old_ones_end_after_five_minutes_without_proof() {
    let cache = publishing(&["old"]);
    cache.refresh(0.0).await;
    cache.source().set(&["new"]);
    cache.refresh(10.0).await;
    cache.source().set(&["newer"]);
    cache.refresh(200.0).await;
    assert_eq!(outcome(&cache, "old", 309.0).await, found("old"));
    assert_eq!(
        outcome(&cache, "new", 309.0).await,
        UNKNOWN,
        "never proven, and gone"
    );
    assert_eq!(
        outcome(&cache, "old", 310.0).await,
        UNKNOWN,
        "counted from the first change"
    );
    assert_eq!(outcome(&cache, "newer", 310.0).await, found("newer"));
}

#[tokio::test]
async fn last_good_keys_stay_for_a_day_when_fetching_fails() {
    let cache = publishing(&["a"]);
    cache.refresh(0.0).await;
    for (hour, how) in ["down", "answered 500", "is not the expected document"]
        .iter()
        .enumerate()
    {
        cache.source().fail(how);
        #[expect(clippy::cast_precision_loss, reason = "a few hours")]
        let now = (hour + 1) as f64 * 3600.0;
        cache.refresh(now).await;
        assert_eq!(outcome(&cache, "a", now).await, found("a"), "{how}");
    }
    cache.source().set(&[]);
    cache.refresh(20_000.0).await;
    assert_eq!(
        outcome(&cache, "a", 20_000.0).await,
        found("a"),
        "an empty set is a failure"
    );
    assert_eq!(outcome(&cache, "a", KEY_LIFETIME).await, found("a"));
    cache.source().fail("down");
    let late = KEY_LIFETIME + 1.0;
    assert_eq!(
        outcome(&cache, "a", late).await,
        UNAVAILABLE,
        "nothing can be said any more"
    );
    cache.source().set(&["a"]);
    assert_eq!(
        outcome(&cache, "a", late + 6.0).await,
        found("a"),
        "and it recovers"
    );
}

#[tokio::test]
async fn while_a_fetch_hangs_known_keys_answer_and_everybody_else_shares_it() {
    let cache = publishing(&["a"]);
    cache.refresh(0.0).await;
    cache.source().hang();
    cache.source().set(&["a", "b"]);
    let waiting = join_all((0..100).map(|_| outcome(&cache, "b", 10.0)));
    let known = async {
        for _ in 0..100 {
            tokio::task::yield_now().await;
            assert_eq!(outcome(&cache, "a", 3600.0).await, found("a"));
        }
        cache.source().go_on();
    };
    let (answers, ()) = tokio::join!(waiting, known);
    for answer in answers {
        assert_eq!(answer, found("b"));
    }
    assert_eq!(
        cache.source().fetches(),
        2,
        "one at start, one for all of them"
    );
}

#[tokio::test]
async fn hanging_up_does_not_waste_the_fetch() {
    let cache = publishing(&["a"]);
    cache.refresh(0.0).await;
    cache.source().hang();
    cache.source().set(&["a", "b"]);
    {
        let mut impatient = std::pin::pin!(outcome(&cache, "made-up", 10.0));
        let polled = futures_util::poll!(&mut impatient);
        assert!(polled.is_pending());
        while cache.source().fetches() < 2 {
            tokio::task::yield_now().await;
        }
    }
    cache.source().go_on();
    assert_eq!(outcome(&cache, "b", 11.0).await, found("b"));
    assert_eq!(cache.source().fetches(), 2);
}

#[tokio::test]
async fn without_any_keys_it_says_unavailable_and_recovers() {
    let cache: KeyCache<Published> = KeyCache::new(Arc::default());
    assert_eq!(outcome(&cache, "a", 0.0).await, UNAVAILABLE);
    assert_eq!(outcome(&cache, "a", 1.0).await, UNAVAILABLE);
    assert_eq!(cache.source().fetches(), 1, "a pause between attempts");
    cache.source().set(&["a"]);
    assert_eq!(outcome(&cache, "a", 6.0).await, found("a"));
}
