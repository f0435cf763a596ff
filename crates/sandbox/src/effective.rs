//! What time alone changes: who begins and who leaves when the day comes.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{
    rows::{RowKey, Store, Value},
    schema::enums,
    seed::member,
};

/// How long what has become effective may wait to be seen, in seconds of the sandbox's time.
const EVERY_S: i64 = 60;

/// The member of `HcmWorkerStatus` that an employment gives at `now`; the dates include their day.
pub(crate) fn status(start: Date, end: Option<Date>, now: Timestamp) -> &'static str {
    let today = now.to_zoned(TimeZone::UTC).date();
    if start > today {
        "Pending"
    } else if end.is_some_and(|end| end < today) {
        "Terminated"
    } else {
        "Employed"
    }
}

/// Up to when the rows follow the clock.
#[derive(Debug)]
pub(crate) struct Effective {
    seeded_s: i64,
    settled_s: AtomicI64,
}

impl Effective {
    /// The rows of the seed are right at `now`.
    pub(crate) fn at(now: Timestamp) -> Self {
        Self {
            seeded_s: now.as_second(),
            settled_s: AtomicI64::new(now.as_second()),
        }
    }

    /// The rows are those of the seed again.
    pub(crate) fn reset(&self, store: &Store, now: Timestamp) {
        self.settled_s.store(self.seeded_s, Ordering::Release);
        self.settle_now(store, now);
    }

    /// Lets what has become effective since the last time show, if that is a while ago.
    pub(crate) fn settle(&self, store: &Store, now: Timestamp) {
        let since = self.settled_s.load(Ordering::Acquire);
        if (since..since.saturating_add(EVERY_S)).contains(&now.as_second()) {
            return;
        }
        self.settle_now(store, now);
    }

    /// The same, at once. Turning the clock back undoes nothing: a reset does.
    pub(crate) fn settle_now(&self, store: &Store, now: Timestamp) {
        let since = self.settled_s.swap(now.as_second(), Ordering::AcqRel);
        let passed = since.saturating_add(1)..=now.as_second();
        let changes = store.read(|tables| {
            let mut changes: Vec<(RowKey, &'static str)> = Vec::new();
            for employment in tables.records("EmploymentsV2") {
                let second = |name| employment.time(name).map_or(0, Timestamp::as_second);
                let begun = passed.contains(&second("EmploymentStartDate"));
                // Ended means that the last second is over.
                let ended = passed.contains(&second("EmploymentEndDate").saturating_add(1));
                let number = employment.text("PersonnelNumber");
                if ended && !is_employed(tables, number, now) {
                    changes.push((RowKey::of(&[number]), "Terminated"));
                } else if begun && !ended {
                    changes.push((RowKey::of(&[number]), "Employed"));
                }
            }
            changes
        });
        if changes.is_empty() {
            return;
        }
        store.write(|tables| {
            for (key, status) in changes {
                let status = member(&enums::WORKER_STATUS, status);
                // An employment whose worker is gone changes nobody.
                if tables
                    .get("Workers", &key)
                    .is_some_and(|w| w.value("WorkerStatus").as_ref() != Some(&status))
                {
                    let written = tables.update("Workers", &key, &[("WorkerStatus", status)]);
                    debug_assert!(written.is_ok(), "{written:?}");
                }
            }
        });
    }
}

/// Some employment of the worker holds at `now`.
fn is_employed(tables: &crate::rows::Tables, number: &str, now: Timestamp) -> bool {
    tables
        .find("EmploymentsV2", "PersonnelNumber", &Value::from(number))
        .iter()
        .any(|e| {
            e.time("EmploymentStartDate")
                .is_some_and(|start| start <= now)
                && e.time("EmploymentEndDate").is_some_and(|end| end > now)
        })
}
