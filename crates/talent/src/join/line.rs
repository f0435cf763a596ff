use super::{Company, Standing, seat};
use crate::Position;

/// Whom a person reports to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'f> {
    /// To nobody: the top.
    Top,
    /// To this person.
    Manager {
        /// The manager's personnel number. The feed need not hold their row.
        number: &'f str,
        /// Seats passed on the way up because nobody sits there.
        passed: u32,
    },
    /// The line leads nowhere; a person in HR has to mend it.
    Broken(Break),
}

/// How a line can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Break {
    /// The person holds no position.
    NoPosition,
    /// A position reports to one that is not there.
    UnknownPosition,
    /// Nobody sits in any of the seats above.
    Vacant,
    /// Seats report to each other in a circle.
    Circle,
}

impl Break {
    /// In words, for the person who mends it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoPosition => "the worker holds no position",
            Self::UnknownPosition => "a position in the line reports to one that does not exist",
            Self::Vacant => "every position above is vacant",
            Self::Circle => "positions in the line report to each other in a circle",
        }
    }
}

impl<'f> Line<'f> {
    /// The manager's personnel number, if there is one.
    pub fn manager(self) -> Option<&'f str> {
        match self {
            Self::Manager { number, .. } => Some(number),
            Self::Top | Self::Broken(_) => None,
        }
    }
}

/// Climbs from a person's seat to the first one above that somebody else holds. A seat whose holder has
/// left the company counts as vacant, and so the line stays whole while HR fills it.
pub(super) fn above<'f>(
    company: &Company<'f>,
    number: &str,
    from: Option<&'f Position>,
) -> Line<'f> {
    let Some(mut at) = from else {
        return Line::Broken(Break::NoPosition);
    };
    let mut passed = 0;
    // A way longer than there are seats has been somewhere twice.
    for _ in 0..=company.seats.len() {
        let Some(up) = reports_to(at, company) else {
            return if passed == 0 {
                Line::Top
            } else {
                Line::Broken(Break::Vacant)
            };
        };
        let Some(seat) = company.seats.get(up).copied() else {
            return Line::Broken(Break::UnknownPosition);
        };
        match holder(seat, company) {
            Some(holder) if holder != number => {
                return Line::Manager {
                    number: holder,
                    passed,
                };
            }
            // Their own second seat: the manager is further up.
            Some(_) => {}
            None => passed += 1,
        }
        at = seat;
    }
    Line::Broken(Break::Circle)
}

fn reports_to<'f>(seat: &'f Position, company: &Company<'f>) -> Option<&'f str> {
    let in_effect = seat.reports_to_effective.has_begun(company.today)
        && !seat.reports_to_expiration.is_over(company.today);
    seat.reports_to_position_id.as_deref().filter(|_| in_effect)
}

fn holder<'f>(seat: &'f Position, company: &Company<'f>) -> Option<&'f str> {
    let number = seat
        .worker_personnel_number
        .as_deref()
        .filter(|_| seat::is_taken(seat, company.today))?;
    let left = company
        .workers
        .get(number)
        .is_some_and(|worker| matches!(company.standing(worker), Standing::Ended(_)));
    (!left).then_some(number)
}
