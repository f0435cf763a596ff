use std::hash::{BuildHasher, Hash, RandomState};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::ticks::Ticks;

/// Callers remembered at most; one takes some fifty bytes.
const ROOM: usize = 100_000;
/// Beyond that, newcomers share this many accounts.
const SHARED: u64 = 1_024;
/// Nanoseconds between looks for callers who need not be remembered.
const SWEEP_EVERY: u64 = 1_000_000_000;

/// So many a minute for each key.
pub(crate) struct Budget {
    limiter: RateLimiter<u64, DashMapStateStore<u64>, Ticks, NoOpMiddleware<Nanos>>,
    clock: Ticks,
    /// Random for each process: nobody can choose keys that fall together.
    hasher: RandomState,
    swept: AtomicU64,
}

impl Budget {
    /// `per_minute` on average, `burst` at once.
    pub(crate) fn new(per_minute: NonZeroU32, burst: NonZeroU32, clock: &Ticks) -> Self {
        let period = Duration::from_secs(60) / per_minute.get();
        let quota = Quota::with_period(period)
            .unwrap_or(Quota::per_second(NonZeroU32::MAX))
            .allow_burst(burst);
        Self {
            limiter: RateLimiter::dashmap_with_clock(quota, clock.clone()),
            clock: clock.clone(),
            hasher: RandomState::new(),
            swept: AtomicU64::new(0),
        }
    }

    /// Takes one.
    ///
    /// # Errors
    /// How long to wait until the next.
    pub(crate) fn take(&self, key: impl Hash) -> Result<(), Duration> {
        let key = self.account(self.hasher.hash_one(key));
        self.limiter
            .check_key(&key)
            .map_err(|until| until.wait_time_from(self.clock.now()))
    }

    /// The key's own account, or one that is shared when there is no room.
    fn account(&self, key: u64) -> u64 {
        if self.limiter.len() < ROOM {
            return key;
        }
        let now = self.clock.now();
        let last = self.swept.load(Ordering::Relaxed);
        let due = now.duration_since(Nanos::new(last)).as_u64() >= SWEEP_EVERY;
        if due || last == 0 {
            self.swept.store(now.as_u64().max(1), Ordering::Relaxed);
            // Whoever has their whole budget again is as good as new.
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        if self.limiter.len() < ROOM {
            key
        } else {
            key % SHARED
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{SharedClock, TestClock};

    fn budget(per_minute: u32, burst: u32) -> (Budget, std::sync::Arc<TestClock>) {
        let clock = TestClock::at("2026-11-22T08:00:00Z".parse().unwrap());
        let shared: SharedClock = clock.clone();
        let number = |number| NonZeroU32::new(number).unwrap();
        let budget = Budget::new(number(per_minute), number(burst), &Ticks::new(shared));
        (budget, clock)
    }

    #[test]
    fn a_burst_passes_and_then_the_average() {
        let (budget, clock) = budget(60, 5);
        for at in 0..5 {
            assert_eq!(budget.take("one"), Ok(()), "{at} of the burst");
        }
        assert_eq!(budget.take("one"), Err(Duration::from_secs(1)));
        assert_eq!(budget.take("other"), Ok(()), "somebody else");
        clock.advance(Duration::from_millis(400));
        assert_eq!(budget.take("one"), Err(Duration::from_millis(600)));
        clock.advance(Duration::from_millis(600));
        assert_eq!(budget.take("one"), Ok(()), "a second later");
        assert!(budget.take("one").is_err(), "only one more");
    }

    #[test]
    fn a_clock_that_is_set_back_stops_nobody() {
        let clock = TestClock::at("2026-11-22T08:00:00Z".parse().unwrap());
        let shared: SharedClock = clock.clone();
        let ticks = Ticks::new(shared);
        let minute = NonZeroU32::new(60).unwrap();
        let budget = Budget::new(minute, NonZeroU32::MIN, &ticks);
        clock.advance(Duration::from_secs(7_200));
        assert_eq!(budget.take("one"), Ok(()));
        clock.set_back(Duration::from_secs(3_600));
        assert_eq!(budget.take("one"), Err(Duration::from_secs(1)));
        clock.advance(Duration::from_secs(1));
        assert_eq!(budget.take("one"), Ok(()));
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        let (budget, clock) = budget(60, 2);
        let most = ROOM + usize::try_from(SHARED).unwrap();
        for key in 0..ROOM as u64 * 2 {
            let _ = budget.take(key);
        }
        assert!(budget.limiter.len() <= most, "{}", budget.limiter.len());
        clock.advance(Duration::from_secs(60));
        assert_eq!(budget.take("newcomer"), Ok(()));
        assert!(
            budget.limiter.len() < 10,
            "{} after a quiet minute",
            budget.limiter.len()
        );
    }
}
