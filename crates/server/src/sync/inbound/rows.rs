use eloops_talent::{
    Department, Employment, Position, Worker,
    join::{Company, Feed},
};

/// Everything that was read from Talent for one run.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) workers: Vec<Worker>,
    pub(crate) positions: Vec<Position>,
    pub(crate) employments: Vec<Employment>,
    pub(crate) departments: Vec<Department>,
    /// Rows that could not be read.
    pub(crate) bad: Vec<BadRow>,
    /// The one worker that the run is about; none for everybody.
    pub(crate) only: Option<String>,
}

/// A row that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BadRow {
    pub(crate) set: &'static str,
    /// The worker it belongs to, where the row says so.
    pub(crate) number: Option<Box<str>>,
    /// What is wrong, without the value.
    pub(crate) reason: Box<str>,
}

impl Rows {
    pub(crate) fn company(&self, today: eloops_talent::Day) -> Company<'_> {
        let feed = Feed {
            workers: &self.workers,
            positions: &self.positions,
            employments: &self.employments,
            departments: &self.departments,
            titles: &[],
        };
        Company::new(feed, today)
    }

    /// Whether there is nothing to go by: no worker, and no unreadable one either.
    pub(crate) fn is_empty(&self) -> bool {
        self.workers.is_empty() && !self.bad.iter().any(|row| row.set == "Workers")
    }
}
