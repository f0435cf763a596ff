use std::sync::{Arc, Mutex, PoisonError};

use governor::clock::Clock;
use governor::nanos::Nanos;

use crate::clock::SharedClock;

/// The project's clock as the limiter wants it: nanoseconds that never go back. A machine's clock that is set
/// back by an hour would else stop everybody for an hour.
#[derive(Clone)]
pub(crate) struct Ticks {
    clock: SharedClock,
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    micros: i64,
    ticks: u64,
}

impl Ticks {
    pub(crate) fn new(clock: SharedClock) -> Self {
        let micros = clock.micros();
        Self {
            clock,
            seen: Arc::new(Mutex::new(Seen { micros, ticks: 0 })),
        }
    }
}

impl Clock for Ticks {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let micros = self.clock.micros();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = u64::try_from(micros.saturating_sub(seen.micros)).unwrap_or(0);
        seen.ticks = seen.ticks.saturating_add(passed.saturating_mul(1_000));
        seen.micros = micros;
        Nanos::new(seen.ticks)
    }
}
