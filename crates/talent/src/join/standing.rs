use crate::{Day, Employment, Moment, Worker, WorkerStatus};

/// First and last day of being with the company.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// First day; none where Talent has no date.
    pub from: Option<Day>,
    /// Last day; none while nobody has set an end.
    pub to: Option<Day>,
}

/// Whether a person is with the company, from `WorkerStatus` and the employments together: a
/// termination ahead leaves the status at `Employed` until it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'f> {
    /// Hired, and the first day is ahead.
    Pending(Span),
    /// With the company.
    Active(Span),
    /// Left: terminated, or every employment is over.
    Ended(Span),
    /// Talent says something that this version does not know; better to leave the person as they are.
    Unclear(&'f str),
}

impl Standing<'_> {
    /// First and last day, as far as known: of the present employment, else the next, else the last.
    pub fn span(&self) -> Span {
        match self {
            Self::Pending(span) | Self::Active(span) | Self::Ended(span) => *span,
            Self::Unclear(_) => Span::default(),
        }
    }
}

/// Whether an employment has begun and is not over.
pub(super) fn is_present(row: &Employment, today: Day) -> bool {
    row.employment_start_date.has_begun(today) && !row.employment_end_date.is_over(today)
}

/// Employments at several legal entities count together; a rehire's new employment outweighs the old.
pub(super) fn of<'f>(
    worker: &'f Worker,
    employments: impl Iterator<Item = &'f Employment>,
    today: Day,
) -> Standing<'f> {
    let (mut present, mut ahead, mut over) = (None, None, None);
    for row in employments {
        let group = if is_present(row, today) {
            &mut present
        } else if row.employment_end_date.is_over(today) {
            &mut over
        } else {
            &mut ahead
        };
        *group = Some(match *group {
            None => (row.employment_start_date, end(row)),
            Some((from, to)) => (row.employment_start_date.min(from), end(row).max(to)),
        });
    }
    let span = |group: Option<(Moment, Moment)>| {
        group
            .map(|(from, to)| Span {
                from: from.day(),
                to: to.day(),
            })
            .unwrap_or_default()
    };
    match worker.worker_status {
        WorkerStatus::Terminated => Standing::Ended(span(over.or(present))),
        WorkerStatus::Pending => Standing::Pending(span(ahead.or(present))),
        WorkerStatus::Employed if present.is_some() => Standing::Active(span(present)),
        WorkerStatus::Employed if ahead.is_some() => Standing::Pending(span(ahead)),
        WorkerStatus::Employed if over.is_some() => Standing::Ended(span(over)),
        // No employment was read: the status alone decides.
        WorkerStatus::Employed => Standing::Active(Span::default()),
        WorkerStatus::Other(ref word) => Standing::Unclear(word),
    }
}

/// An end that was never set is open.
fn end(row: &Employment) -> Moment {
    if row.employment_end_date.is_empty() {
        Moment::OPEN
    } else {
        row.employment_end_date
    }
}
