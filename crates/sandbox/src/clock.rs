//! The sandbox's own time, which tests set and move.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// The machine's time plus an offset. It goes on running after it is set.
///
/// Token times and what Talent calls effective today follow it.
#[derive(Debug, Default)]
pub struct Clock {
    offset_us: AtomicI64,
}

impl Clock {
    /// The sandbox's present instant.
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_micros(self.offset_us.load(Ordering::Relaxed));
        Timestamp::now()
            .saturating_add(offset)
            .unwrap_or(Timestamp::MAX)
    }

    /// Makes it `now` at this moment.
    pub fn set(&self, now: Timestamp) {
        let offset = now.duration_since(Timestamp::now());
        self.offset_us.store(micros(offset), Ordering::Relaxed);
    }

    /// Moves it forward, or back with a negative duration.
    pub fn advance(&self, by: SignedDuration) {
        let by = micros(by);
        // The closure always answers, so the update cannot fail.
        let _ = self
            .offset_us
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |us| {
                Some(us.saturating_add(by))
            });
    }

    /// Back to the machine's time.
    pub fn reset(&self) {
        self.offset_us.store(0, Ordering::Relaxed);
    }
}

/// Microseconds, rounded up so that it is never earlier than was asked.
fn micros(duration: SignedDuration) -> i64 {
    let rounded = duration.saturating_add(SignedDuration::from_nanos(999));
    i64::try_from(rounded.as_micros()).unwrap_or(if duration.is_negative() {
        i64::MIN
    } else {
        i64::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_on_from_where_it_is_set() {
        let clock = Clock::default();
        let noon: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        clock.set(noon);
        assert!(clock.now() >= noon, "not even a moment before noon");
        clock.advance(SignedDuration::from_hours(1));
        let late = clock.now().duration_since(noon);
        assert!(
            late >= SignedDuration::from_hours(1) && late < SignedDuration::from_mins(61),
            "expected about one hour after noon, was {late:?}"
        );
        clock.reset();
        let off = clock.now().duration_since(Timestamp::now()).abs();
        assert!(
            off < SignedDuration::from_secs(5),
            "expected the machine's time, off by {off:?}"
        );
    }

    #[test]
    fn absurd_moves_stay_in_range() {
        let clock = Clock::default();
        clock.advance(SignedDuration::MAX);
        clock.advance(SignedDuration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }
}
