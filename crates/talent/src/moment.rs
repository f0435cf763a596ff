//! Dates as Talent writes them: never null, with two values that mean "none" and "open".

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

const DAY: i64 = 86_400;

/// A calendar day, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The day on which this second falls.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(DAY);
        Self(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// A day of the proleptic Gregorian calendar, or none where there is no such day.
    pub fn from_civil(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !(1..=length).contains(&day) {
            return None;
        }
        // Days from civil by eras of 400 years, the year beginning in March.
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i32::from(month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i32::from(day) - 1;
        let of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        Some(Self(era * 146_097 + of_era - 719_468))
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }

    /// Year, month and day.
    pub fn civil(self) -> (i32, u8, u8) {
        let shifted = i64::from(self.0) + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 {
            (month + 3, 0)
        } else {
            (month - 9, 1)
        };
        ((year + era * 400 + next) as i32, month as u8, day as u8)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A point in time as Talent writes it, to the second.
///
/// `1900-01-01` (at noon for an AX date, at midnight for a UtcDateTime) is [empty](Self::is_empty),
/// `2154-12-31T23:59:59Z` is [open](Self::is_open) (Microsoft Learn: PayIntV1WorkerEntity).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// The text is not a point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a date and time such as 2026-11-22T08:00:00Z")]
pub struct NotAMoment;

impl Moment {
    /// No date.
    pub const EMPTY: Self = Self(-25_567 * DAY);
    /// No end.
    pub const OPEN: Self = Self(67_570 * DAY - 1);

    /// A second of Unix time.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds of Unix time.
    pub fn unix_seconds(self) -> i64 {
        self.0
    }

    /// Whether this says "no date": any time on 1900-01-01.
    pub fn is_empty(self) -> bool {
        self.0.div_euclid(DAY) == Self::EMPTY.0.div_euclid(DAY)
    }

    /// Whether this says "no end": any time from 2154-12-31 on.
    pub fn is_open(self) -> bool {
        self.0.div_euclid(DAY) >= Self::OPEN.0.div_euclid(DAY)
    }

    /// The day, unless empty or open.
    pub fn day(self) -> Option<Day> {
        (!self.is_empty() && !self.is_open()).then(|| Day::from_unix_seconds(self.0))
    }

    /// Whether something that starts at this moment has begun on `today`. Empty has always begun.
    pub fn has_begun(self, today: Day) -> bool {
        self.day().map_or(self.is_empty(), |day| day <= today)
    }

    /// Whether something that ends at this moment is over on `today`. The last day counts, because
    /// people work on it; empty and open are never over.
    pub fn is_over(self, today: Day) -> bool {
        self.day().is_some_and(|day| day < today)
    }
}

impl Default for Moment {
    fn default() -> Self {
        Self::EMPTY
    }
}

/// RFC 3339, UTC, to the second.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.0.rem_euclid(DAY);
        let day = Day::from_unix_seconds(self.0);
        let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
        write!(f, "{day}T{hours:02}:{minutes:02}:{seconds:02}Z")
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads RFC 3339 and a bare `YYYY-MM-DD`; fractions of a second are dropped.
impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        read(text.as_bytes()).ok_or(NotAMoment)
    }
}

fn read(text: &[u8]) -> Option<Moment> {
    let (date, rest) = text.split_at_checked(10)?;
    let day = match date {
        [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] => Day::from_civil(
            i32::from(pair(*y0, *y1)?) * 100 + i32::from(pair(*y2, *y3)?),
            pair(*m0, *m1)?,
            pair(*d0, *d1)?,
        )?,
        _ => return None,
    };
    let midnight = i64::from(day.0) * DAY;
    let [b'T' | b't', h0, h1, b':', m0, m1, b':', s0, s1, zone @ ..] = rest else {
        return rest.is_empty().then_some(Moment(midnight));
    };
    let (hours, minutes, seconds) = (pair(*h0, *h1)?, pair(*m0, *m1)?, pair(*s0, *s1)?);
    if hours > 23 || minutes > 59 || seconds > 60 {
        return None;
    }
    let zone = match zone {
        [b'.', fraction @ ..] => {
            let digits = fraction
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            if digits == 0 {
                return None;
            }
            &fraction[digits..]
        }
        zone => zone,
    };
    let offset = match zone {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h0, h1, b':', m0, m1] => {
            let (hours, minutes) = (pair(*h0, *h1)?, pair(*m0, *m1)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = i64::from(hours) * 3_600 + i64::from(minutes) * 60;
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    let second = i64::from(hours) * 3_600 + i64::from(minutes) * 60 + i64::from(seconds.min(59));
    Some(Moment(midnight + second - offset))
}

fn pair(tens: u8, ones: u8) -> Option<u8> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| (tens - b'0') * 10 + ones - b'0')
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Moment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date and time")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
                if text.is_empty() {
                    return Ok(Moment::EMPTY);
                }
                text.parse()
                    .map_err(|_| E::invalid_value(Unexpected::Other("text"), &self))
            }

            fn visit_unit<E: Error>(self) -> Result<Moment, E> {
                Ok(Moment::EMPTY)
            }

            fn visit_none<E: Error>(self) -> Result<Moment, E> {
                Ok(Moment::EMPTY)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests;
