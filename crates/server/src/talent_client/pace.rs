use std::{sync::Mutex, time::Duration};

use jiff::Timestamp;

use crate::clock::Clock;

/// Tries a call gets in all.
pub(super) const TRIES: u32 = 5;
/// A longer `Retry-After` is not waited for; the next run comes anyway.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(300);
/// Waited after a 429 that does not say how long (Microsoft's own sample: priority-based-throttling).
const UNSAID: Duration = Duration::from_secs(30);

/// When Talent may be asked again; one for all requests, since its limits count them together.
#[derive(Debug, Default)]
pub(super) struct Pace(Mutex<Option<Timestamp>>);

impl Pace {
    /// Waits until nobody has asked us to hold off any more.
    pub(super) async fn wait(&self, clock: &dyn Clock) {
        loop {
            let until = *self
                .0
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            let Some(until) = until else { return };
            let Ok(left) = Duration::try_from(until - clock.now()) else {
                return;
            };
            if left.is_zero() {
                return;
            }
            clock.sleep(left).await;
        }
    }

    /// Nobody sends anything for `pause`.
    pub(super) fn hold(&self, pause: Duration, clock: &dyn Clock) {
        let until = clock.now().checked_add(pause).unwrap_or(Timestamp::MAX);
        let mut slot = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *slot = Some(slot.map_or(until, |known| known.max(until)));
    }
}

/// How long to wait after try number `tried` (from 1); none to give up.
///
/// `said` is `Retry-After`; `throttled` says that the answer was a 429.
pub(super) fn pause(tried: u32, said: Option<Duration>, throttled: bool) -> Option<Duration> {
    if tried >= TRIES {
        return None;
    }
    match said {
        Some(said) if said > LONGEST_WAIT => None,
        Some(said) => Some(said.max(Duration::from_millis(100))),
        None if throttled => Some(UNSAID),
        None => Some(Duration::from_millis(500) * 2_u32.pow(tried - 1)),
    }
}
