use std::collections::HashMap;

use super::groups::Groups;
use super::{Line, Standing, line, seat, standing};
use crate::{Day, Department, Employment, EmploymentType, Position, Title, Worker, WorkerType};

/// The rows that were read; for one worker alone, only what belongs to them and the seats above.
#[derive(Debug, Clone, Copy, Default)]
pub struct Feed<'f> {
    /// `Workers`.
    pub workers: &'f [Worker],
    /// `Positions`.
    pub positions: &'f [Position],
    /// `EmploymentsV2`.
    pub employments: &'f [Employment],
    /// `DepartmentsV2`.
    pub departments: &'f [Department],
    /// `Titles`.
    pub titles: &'f [Title],
}

/// A feed, indexed once, as of one day.
#[derive(Debug)]
pub struct Company<'f> {
    pub(super) today: Day,
    pub(super) workers: HashMap<&'f str, &'f Worker>,
    pub(super) seats: HashMap<&'f str, &'f Position>,
    seats_of: Groups<'f, Position>,
    employments: Groups<'f, Employment>,
    departments: HashMap<&'f str, Option<&'f str>>,
    titles: HashMap<String, &'f str>,
}

/// One worker with everything that Eloops wants to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'f> {
    /// The person's own row.
    pub worker: &'f Worker,
    /// Whether they are with the company, as of the day asked for.
    pub standing: Standing<'f>,
    /// Job title: the worker's, else the position's, spelled as in `Titles`.
    pub title: Option<&'f str>,
    /// The department's name; its number where it has no name.
    pub department: Option<&'f str>,
    /// Whom they report to.
    pub line: Line<'f>,
    /// The seat this was taken from: the primary one that they hold now, else the next one.
    pub position: Option<&'f Position>,
    /// Employee or contractor; where the person's row says neither, from the present employment.
    pub worker_type: WorkerType,
}

impl<'f> Company<'f> {
    /// Indexes a feed. Of rows with the same key the first counts.
    pub fn new(feed: Feed<'f>, today: Day) -> Self {
        let mut company = Self {
            today,
            workers: HashMap::with_capacity(feed.workers.len()),
            seats: HashMap::with_capacity(feed.positions.len()),
            seats_of: Groups::new(feed.positions, |seat| {
                seat.worker_personnel_number.as_deref().unwrap_or_default()
            }),
            employments: Groups::new(feed.employments, |employment| &employment.personnel_number),
            departments: HashMap::with_capacity(feed.departments.len()),
            titles: HashMap::with_capacity(feed.titles.len()),
        };
        for worker in feed.workers {
            company
                .workers
                .entry(&worker.personnel_number)
                .or_insert(worker);
        }
        for seat in feed.positions {
            company.seats.entry(&seat.position_id).or_insert(seat);
        }
        for department in feed.departments {
            let name = department.name.as_deref();
            company
                .departments
                .entry(&department.operating_unit_number)
                .or_insert(name);
        }
        for title in feed.titles {
            company
                .titles
                .entry(title.title_id.to_lowercase())
                .or_insert(&title.title_id);
        }
        company
    }

    /// The day everything is seen from.
    pub fn today(&self) -> Day {
        self.today
    }

    /// What is known of this worker.
    pub fn record(&self, worker: &'f Worker) -> Record<'f> {
        let number = &worker.personnel_number;
        let position = seat::of(self.seats_of.get(number), self.today);
        let title = worker
            .title_id
            .as_deref()
            .or(position.and_then(|seat| seat.title_id.as_deref()));
        let department = position.and_then(|seat| seat.department_number.as_deref());
        Record {
            worker,
            standing: self.standing(worker),
            title: title.map(|title| {
                self.titles
                    .get(&title.to_lowercase())
                    .copied()
                    .unwrap_or(title)
            }),
            department: department.map(|number| {
                self.departments
                    .get(number)
                    .copied()
                    .flatten()
                    .unwrap_or(number)
            }),
            line: line::above(self, number, position),
            position,
            worker_type: self.worker_type(worker),
        }
    }

    /// Whether the worker is with the company.
    pub fn standing(&self, worker: &'f Worker) -> Standing<'f> {
        standing::of(
            worker,
            self.employments.get(&worker.personnel_number),
            self.today,
        )
    }

    fn worker_type(&self, worker: &Worker) -> WorkerType {
        match &worker.worker_type {
            WorkerType::Employee | WorkerType::Contractor => worker.worker_type.clone(),
            unclear => self
                .employments
                .get(&worker.personnel_number)
                .filter(|row| standing::is_present(row, self.today))
                .find_map(|row| match row.worker_type {
                    EmploymentType::Employee => Some(WorkerType::Employee),
                    EmploymentType::Contractor => Some(WorkerType::Contractor),
                    EmploymentType::Other(_) => None,
                })
                .unwrap_or_else(|| unclear.clone()),
        }
    }
}
