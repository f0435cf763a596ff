use std::collections::HashSet;

use eloops_talent::{Day, Position, Worker, join::Standing, read_one, reads};

use super::{
    read::{bad, whole},
    rows::Rows,
};
use crate::talent_client::{CallError, TalentClient};

/// Seats to climb at most: deeper than any company, shorter than any circle is patient.
const HIGHEST: usize = 60;

/// Reads one worker with what belongs to them: their seats, employments and departments, and the seats above as far as
/// the first one that somebody holds.
pub(crate) async fn worker(
    talent: &TalentClient,
    number: &str,
    today: Day,
) -> Result<Rows, (&'static str, CallError)> {
    let mut rows = Rows {
        only: Some(number.to_owned()),
        ..Rows::default()
    };
    if !person(talent, number, &mut rows).await? {
        return Ok(rows);
    }
    // Both filters refuse only what no personnel number holds; the engine has refused that before.
    let Ok(seats) = reads::positions_of(number) else {
        return Ok(rows);
    };
    let seats = whole(talent, seats).await?;
    rows.bad
        .extend(seats.skipped.into_iter().map(|row| bad("Positions", row)));
    rows.positions = seats.rows;
    climb(talent, number, &mut rows, today).await?;

    let departments: HashSet<Box<str>> = rows
        .positions
        .iter()
        .filter_map(|seat| seat.department_number.clone())
        .collect();
    for department in departments {
        let request = reads::department(talent.root(), &department);
        match talent.send(&request, read_one).await {
            Ok(department) => rows.departments.push(department),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(("DepartmentsV2", error)),
        }
    }
    Ok(rows)
}

/// The worker's row and employments; false when Talent has no such worker.
async fn person(
    talent: &TalentClient,
    number: &str,
    rows: &mut Rows,
) -> Result<bool, (&'static str, CallError)> {
    let request = reads::worker(talent.root(), number);
    let worker: Worker = match talent.send(&request, read_one).await {
        Ok(worker) => worker,
        Err(error) if error.is_not_found() => return Ok(false),
        Err(error) => return Err(("Workers", error)),
    };
    if let Ok(read) = reads::employments_of(number) {
        let employments = whole(talent, read).await?;
        rows.bad.extend(
            employments
                .skipped
                .into_iter()
                .map(|row| bad("EmploymentsV2", row)),
        );
        rows.employments.extend(employments.rows);
    }
    rows.workers.push(worker);
    Ok(true)
}

/// Follows the line upwards from every seat of the worker to the first seat that somebody else holds.
async fn climb(
    talent: &TalentClient,
    number: &str,
    rows: &mut Rows,
    today: Day,
) -> Result<(), (&'static str, CallError)> {
    let mut known: HashSet<Box<str>> = rows
        .positions
        .iter()
        .map(|seat| seat.position_id.clone())
        .collect();
    let mut next: Vec<Box<str>> = rows
        .positions
        .iter()
        .filter_map(|seat| seat.reports_to_position_id.clone())
        .collect();
    while let Some(id) = next.pop() {
        if known.len() > HIGHEST || !known.insert(id.clone()) {
            continue;
        }
        let request = reads::position(talent.root(), &id);
        let seat: Position = match talent.send(&request, read_one).await {
            Ok(seat) => seat,
            Err(error) if error.is_not_found() => continue,
            Err(error) => return Err(("Positions", error)),
        };
        let (above, holder) = (
            seat.reports_to_position_id.clone(),
            seat.worker_personnel_number.clone(),
        );
        rows.positions.push(seat);
        let held = match holder.as_deref() {
            Some(holder) if holder != number => {
                let read = rows
                    .workers
                    .iter()
                    .any(|worker| &*worker.personnel_number == holder);
                (read || person(talent, holder, rows).await?) && stays(rows, holder, today)
            }
            _ => false,
        };
        if !held {
            next.extend(above);
        }
    }
    Ok(())
}

/// Whether the worker has not left; a seat of someone who has counts as vacant.
fn stays(rows: &Rows, number: &str, today: Day) -> bool {
    let company = rows.company(today);
    rows.workers
        .iter()
        .find(|worker| &*worker.personnel_number == number)
        .is_none_or(|worker| !matches!(company.standing(worker), Standing::Ended(_)))
}
