//! From Talent's rows to what Eloops wants to know of a person: standing, title, department, manager.
//!
//! `Workers` has no manager, no department and no employment dates; they come from `Positions`,
//! `EmploymentsV2` and `DepartmentsV2`. A feed is indexed once and then asked worker by worker:
//!
//! ```
//! use eloops_talent::join::{Company, Feed, Line, Standing};
//! use eloops_talent::{Day, Position, Worker};
//!
//! # fn from<T: serde::de::DeserializeOwned>(json: &str) -> T { serde_json::from_str(json).unwrap() }
//! let workers: Vec<Worker> = from(r#"[
//!     {"PersonnelNumber": "1", "WorkerStatus": "Employed"},
//!     {"PersonnelNumber": "2", "WorkerStatus": "Employed", "TitleId": "Designer"}]"#);
//! let positions: Vec<Position> = from(r#"[
//!     {"PositionId": "A", "WorkerPersonnelNumber": "1"},
//!     {"PositionId": "B", "WorkerPersonnelNumber": "2", "ReportsToPositionId": "A"}]"#);
//! let feed = Feed { workers: &workers, positions: &positions, ..Feed::default() };
//! let today = Day::from_civil(2026, 11, 22).unwrap();
//! let company = Company::new(feed, today);
//! let record = company.record(&workers[1]);
//! assert_eq!(record.line, Line::Manager { number: "1", passed: 0 });
//! assert_eq!(record.standing, Standing::Active(Default::default()));
//! assert_eq!(record.title, Some("Designer"));
//! ```
//!
//! Nothing here looks at a clock: `today` is an argument.

mod circles;
mod company;
mod groups;
mod line;
mod seat;
mod standing;

pub use circles::circles;
pub use company::{Company, Feed, Record};
pub use line::{Break, Line};
pub use standing::{Span, Standing};

#[cfg(test)]
#[cfg(feature = "json")]
mod tests;
