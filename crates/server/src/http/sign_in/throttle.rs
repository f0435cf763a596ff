use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::clock::SharedClock;

/// Sign-ins that may begin from one address in one window.
const PER_WINDOW: u32 = 120;
/// The window, in seconds.
const WINDOW: i64 = 60;
/// Addresses remembered at most.
const ROOM: usize = 10_000;

/// Limits how often sign-ins begin from one address: each leaves a row for two minutes.
pub(crate) struct Throttle {
    clock: SharedClock,
    windows: Mutex<HashMap<IpAddr, (i64, u32)>>,
}

impl Throttle {
    pub(crate) fn new(clock: SharedClock) -> Self {
        Self {
            clock,
            windows: Mutex::default(),
        }
    }

    /// Whether one more may begin now.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        let window = self.clock.now().as_second() / WINDOW;
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= ROOM {
            windows.retain(|_, (of, _)| *of == window);
        }
        let (of, count) = windows.entry(address).or_insert((window, 0));
        if *of != window {
            (*of, *count) = (window, 0);
        }
        *count += 1;
        *count <= PER_WINDOW
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
        assert!((0..PER_WINDOW).all(|_| throttle.allows(one)));
        assert!(!throttle.allows(one));
        assert!(throttle.allows(other));
        clock.advance(Duration::from_secs(60));
        assert!(throttle.allows(one));
    }
}
