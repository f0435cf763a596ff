//! What one caller has used in the window.

use std::{collections::VecDeque, time::Duration};

use super::Settings;

/// Requests and their durations, oldest first.
#[derive(Debug, Default)]
pub(super) struct Account {
    /// When each request came, in milliseconds of the sandbox's time.
    requests: VecDeque<i64>,
    /// When each request ended, and how many milliseconds it took.
    took: VecDeque<(i64, u64)>,
    running: u64,
}

/// Which limit was exceeded; the texts are Dataverse's, word for word.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Exceeded {
    #[error(
        "Number of requests exceeded the limit of {limit} over time window of {window_s} seconds."
    )]
    Requests {
        limit: u64,
        window_s: u64,
        retry_after_s: u64,
    },
    #[error("Combined execution time of incoming requests exceeded limit of {} milliseconds over time window of {window_s} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.", thousands(*limit_s))]
    Execution {
        limit_s: u64,
        window_s: u64,
        retry_after_s: u64,
    },
    #[error("Number of concurrent requests exceeded the limit of {limit}.")]
    Concurrency { limit: u64 },
}

impl Exceeded {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Requests { .. } => "0x80072322",
            Self::Execution { .. } => "0x80072321",
            Self::Concurrency { .. } => "0x80072326",
        }
    }

    pub(super) fn retry_after_s(&self) -> u64 {
        match self {
            Self::Requests { retry_after_s, .. } | Self::Execution { retry_after_s, .. } => {
                *retry_after_s
            }
            Self::Concurrency { .. } => 1,
        }
    }
}

/// Seconds as milliseconds with commas: `1,200,000`.
fn thousands(seconds: u64) -> String {
    let digits = seconds.saturating_mul(1000).to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl Account {
    /// A request comes at `now_ms`.
    pub(super) fn begin(&mut self, settings: &Settings, now_ms: i64) -> Result<(), Exceeded> {
        let window_ms = i64::try_from(settings.window_s.saturating_mul(1000)).unwrap_or(i64::MAX);
        // What the clock was turned back behind counts no more either.
        let inside = |at: i64| (now_ms.saturating_sub(window_ms)..=now_ms).contains(&at);
        self.requests.retain(|at| inside(*at));
        self.took.retain(|(at, _)| inside(*at));
        let window_s = settings.window_s;
        let until = |oldest: Option<i64>| {
            let free_ms = oldest
                .unwrap_or(now_ms)
                .saturating_add(window_ms)
                .saturating_sub(now_ms);
            u64::try_from(free_ms).unwrap_or(0).div_ceil(1000).max(1)
        };
        if let Some(limit) = settings.concurrency.filter(|limit| self.running >= *limit) {
            return Err(Exceeded::Concurrency { limit });
        }
        let count = u64::try_from(self.requests.len()).unwrap_or(u64::MAX);
        if let Some(limit) = settings.requests.filter(|limit| count >= *limit) {
            let retry_after_s = until(self.requests.front().copied());
            return Err(Exceeded::Requests {
                limit,
                window_s,
                retry_after_s,
            });
        }
        let used_ms: u64 = self.took.iter().map(|(_, took)| took).sum();
        if let Some(limit_s) = settings
            .execution_s
            .filter(|s| used_ms > s.saturating_mul(1000))
        {
            let retry_after_s = until(self.took.front().map(|(at, _)| *at));
            return Err(Exceeded::Execution {
                limit_s,
                window_s,
                retry_after_s,
            });
        }
        self.requests.push_back(now_ms);
        self.running += 1;
        Ok(())
    }

    /// A request ended.
    pub(super) fn end(&mut self, now_ms: i64, took: Duration) {
        self.running = self.running.saturating_sub(1);
        self.took
            .push_back((now_ms, u64::try_from(took.as_millis()).unwrap_or(u64::MAX)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            requests: Some(2),
            concurrency: Some(3),
            execution_s: Some(1200),
            ..Settings::default()
        }
    }

    #[test]
    fn the_window_slides() {
        let mut account = Account::default();
        let mut at = |ms| account.begin(&settings(), ms);
        assert_eq!((at(0), at(1_000)), (Ok(()), Ok(())));
        let refused = at(10_000).unwrap_err();
        assert_eq!(refused.retry_after_s(), 290);
        assert_eq!(
            refused.to_string(),
            "Number of requests exceeded the limit of 2 over time window of 300 seconds."
        );
        assert_eq!(at(300_001), Ok(()));
    }

    #[test]
    fn execution_time_adds_up() {
        let mut account = Account::default();
        account.begin(&settings(), 0).unwrap();
        account.end(0, Duration::from_secs(1_201));
        let refused = account.begin(&settings(), 1).unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("limit of 1,200,000 milliseconds"),
            "{refused}"
        );
    }

    #[test]
    fn as_many_as_run_count_at_the_same_time() {
        let settings = Settings {
            concurrency: Some(1),
            ..Settings::default()
        };
        let mut account = Account::default();
        account.begin(&settings, 0).unwrap();
        assert_eq!(
            account.begin(&settings, 0),
            Err(Exceeded::Concurrency { limit: 1 })
        );
        account.end(0, Duration::ZERO);
        assert_eq!(account.begin(&settings, 0), Ok(()));
    }
}
