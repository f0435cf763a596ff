use std::time::Duration;

use crate::{Day, Moment};

/// `Retry-After` (RFC 9110 §10.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetryAfter {
    /// So many seconds from the answer on.
    Seconds(u32),
    /// Not before this moment.
    At(Moment),
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

impl RetryAfter {
    /// Reads seconds (a fraction is rounded up) or an HTTP date; anything else is as good as no header.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((whole, fraction)) = text.split_once('.') {
            let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
            return digits
                .then(|| whole.parse::<u32>().ok())?
                .map(|s| Self::Seconds(s.saturating_add(1)));
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return text.parse().ok().map(Self::Seconds);
        }
        http_date(text).map(Self::At)
    }

    /// How long to wait from `now` on.
    pub fn delay(self, now: Moment) -> Duration {
        match self {
            Self::Seconds(seconds) => Duration::from_secs(seconds.into()),
            Self::At(moment) => {
                let seconds = moment.unix_seconds().saturating_sub(now.unix_seconds());
                Duration::from_secs(u64::try_from(seconds).unwrap_or(0))
            }
        }
    }
}

/// `Sun, 22 Nov 2026 08:00:00 GMT`; the two forms that are obsolete are not read.
fn http_date(text: &str) -> Option<Moment> {
    let mut parts = text.split(' ');
    let _weekday = parts.next()?.strip_suffix(',')?;
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let month = MONTHS.iter().position(|name| *name == month)? as u8 + 1;
    let year = parts.next()?.parse().ok()?;
    let time = parts.next()?;
    if parts.next()? != "GMT" || parts.next().is_some() {
        return None;
    }
    format!("{}T{time}Z", Day::from_civil(year, month, day)?)
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn seconds_and_dates() {
        assert_eq!(RetryAfter::read(" 30 "), Some(RetryAfter::Seconds(30)));
        assert_eq!(RetryAfter::read("1.5"), Some(RetryAfter::Seconds(2)));
        let at = RetryAfter::read("Sun, 22 Nov 2026 08:00:30 GMT").unwrap();
        let now: Moment = "2026-11-22T08:00:00Z".parse().unwrap();
        assert_eq!(at.delay(now), Duration::from_secs(30));
        assert_eq!(
            at.delay("2026-11-22T09:00:00Z".parse().unwrap()),
            Duration::ZERO
        );
        for nothing in [
            "",
            "-1",
            "soon",
            "99999999999",
            "Sun, 31 Feb 2026 08:00:00 GMT",
            "1.x",
            ".",
        ] {
            assert_eq!(RetryAfter::read(nothing), None, "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn any_header_is_read_or_ignored(text: String, now: i64) {
            if let Some(after) = RetryAfter::read(&text) {
                let _ = after.delay(Moment::from_unix_seconds(now));
            }
        }
    }
}
