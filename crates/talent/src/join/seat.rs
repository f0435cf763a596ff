use std::cmp::Reverse;

use crate::{Day, Position};

/// Whether somebody sits there on `today`.
pub(super) fn is_taken(seat: &Position, today: Day) -> bool {
    seat.worker_personnel_number.is_some()
        && seat.worker_assignment_start.has_begun(today)
        && !seat.worker_assignment_end.is_over(today)
}

/// The seat that says most about a person: one held today, the primary one first, else the longest
/// held; before the first day, the one that begins next. The id decides between equals, so that the
/// same feed always gives the same seat.
pub(super) fn of<'f>(
    seats: impl Iterator<Item = &'f Position>,
    today: Day,
) -> Option<&'f Position> {
    seats
        .filter(|seat| !seat.worker_assignment_end.is_over(today))
        .min_by_key(|seat| {
            let begun = seat.worker_assignment_start.has_begun(today);
            let primary = begun && seat.is_primary_position;
            let next_primary = seat.is_primary_position;
            (
                Reverse(begun),
                Reverse(primary),
                seat.worker_assignment_start,
                Reverse(next_primary),
                &seat.position_id,
            )
        })
}
