use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::budget::Budget;
use super::familiar::Familiar;
use super::ticks::Ticks;
use super::too_many;
use crate::clock::SharedClock;
use crate::http::plumbing::problem::ApiError;

/// Addresses that wait, at most; each waits some seconds at most.
const WAITING: usize = 10_000;

/// What costs more than reading, and has a smaller budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Costly {
    /// A photo or video.
    Upload,
    /// A run of the sync.
    SyncRun,
}

/// The budgets of one server.
pub struct RateLimits(Option<Budgets>);

struct Budgets {
    callers: Budget,
    uploads: Budget,
    sync_runs: Budget,
    unknown: Budget,
    refused: Budget,
    clock: SharedClock,
    /// Until when (microseconds) no bearer of an address is tried, but for familiar ones.
    waiting: Mutex<HashMap<IpAddr, i64>>,
    familiar: Familiar,
}

impl RateLimits {
    /// With `per_minute` requests of one caller; none for no limits.
    #[must_use]
    pub fn new(per_minute: Option<NonZeroU32>, clock: &SharedClock) -> Self {
        Self(per_minute.map(|per_minute| {
            let ticks = Ticks::new(SharedClock::clone(clock));
            let of = |times: u32, part: u32, minutes: u32| {
                let some = per_minute.get().saturating_mul(times) / part;
                let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
                Budget::new(number(some), number(some.saturating_mul(minutes)), &ticks)
            };
            Budgets {
                // A manager who opens a large team asks for some hundreds of pictures at once.
                callers: of(1, 1, 2),
                uploads: of(1, 20, 1),
                sync_runs: of(1, 60, 1),
                // A whole office may share one address while people sign in.
                unknown: of(10, 1, 1),
                refused: of(1, 5, 1),
                clock: SharedClock::clone(clock),
                waiting: Mutex::default(),
                familiar: Familiar::default(),
            }
        }))
    }

    /// One request of a recognised caller.
    ///
    /// # Errors
    /// 429 `too_many_requests`.
    pub fn take(&self, network_id: &str, object_id: &str) -> Result<(), ApiError> {
        let Some(budgets) = &self.0 else {
            return Ok(());
        };
        let taken = budgets.callers.take((network_id, object_id));
        taken.map_err(too_many)
    }

    /// One of the costly requests, on top of [`Self::take`].
    ///
    /// # Errors
    /// 429 `too_many_requests`.
    pub fn take_costly(
        &self,
        what: Costly,
        network_id: &str,
        object_id: &str,
    ) -> Result<(), ApiError> {
        let Some(budgets) = &self.0 else {
            return Ok(());
        };
        let budget = match what {
            Costly::Upload => &budgets.uploads,
            Costly::SyncRun => &budgets.sync_runs,
        };
        budget.take((network_id, object_id)).map_err(too_many)
    }

    /// One request without a bearer.
    pub(super) fn take_unknown(&self, address: IpAddr) -> Result<(), Duration> {
        match &self.0 {
            Some(budgets) => budgets.unknown.take(address),
            None => Ok(()),
        }
    }

    /// Notes a bearer that leads to somebody: just recognised, or just given out.
    pub fn remember(&self, bearer: &str) {
        if let Some(budgets) = &self.0 {
            budgets.familiar.note(bearer);
        }
    }

    /// Whether a bearer of this address is looked at now. One that led to somebody always is: whoever guesses from the
    /// same address, such as a company's, keeps nobody from working.
    pub(super) fn may_try(&self, address: IpAddr, bearer: Option<&str>) -> Result<(), Duration> {
        let Some(budgets) = &self.0 else {
            return Ok(());
        };
        if bearer.is_some_and(|bearer| budgets.familiar.knows(bearer)) {
            return Ok(());
        }
        let now = budgets.clock.micros();
        let waiting = budgets
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let until = waiting.get(&address).copied().unwrap_or(now);
        match u64::try_from(until.saturating_sub(now)) {
            Ok(micros) if micros > 0 => Err(Duration::from_micros(micros)),
            _ => Ok(()),
        }
    }

    /// A request with a bearer that led to nobody; `refused` when it was for the bearer.
    pub(super) fn charge(&self, address: IpAddr, bearer: Option<&str>, refused: bool) {
        let Some(budgets) = &self.0 else {
            return;
        };
        let budget = if refused {
            bearer.inspect(|bearer| budgets.familiar.forget(bearer));
            &budgets.refused
        } else {
            &budgets.unknown
        };
        let Err(wait) = budget.take(address) else {
            return;
        };
        let now = budgets.clock.micros();
        let until = now.saturating_add(i64::try_from(wait.as_micros()).unwrap_or(i64::MAX));
        let mut waiting = budgets
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= WAITING {
            waiting.retain(|_, until| *until > now);
        }
        if waiting.len() < WAITING {
            waiting.insert(address, until);
        }
    }
}
