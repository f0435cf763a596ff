use std::net::IpAddr;
use std::num::NonZeroU32;

use crate::clock::SharedClock;
use crate::http::plumbing::rate_limit::{Budget, Ticks};

/// Sign-ins that may begin from one address in a minute.
const PER_MINUTE: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// Limits how often sign-ins begin from one address, also where `ELOOPS_RATE_LIMIT` is off: each leaves a row for
/// two minutes.
pub(crate) struct Throttle(Budget);

impl Throttle {
    pub(crate) fn new(clock: SharedClock) -> Self {
        Self(Budget::new(PER_MINUTE, PER_MINUTE, &Ticks::new(clock)))
    }

    /// Whether one more may begin now.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        self.0.take(address).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::clock::TestClock;

    #[test]
    fn one_address_is_slowed_down_and_others_are_not() {
        let clock = TestClock::at("2026-11-22T08:00:00Z".parse().unwrap());
        let throttle = Throttle::new(clock.clone());
        let (one, other) = ([127, 0, 0, 1].into(), [127, 0, 0, 2].into());
        assert!((0..PER_MINUTE.get()).all(|_| throttle.allows(one)));
        assert!(!throttle.allows(one));
        assert!(throttle.allows(other));
        clock.advance(Duration::from_secs(60));
        assert!(throttle.allows(one));
    }
}
