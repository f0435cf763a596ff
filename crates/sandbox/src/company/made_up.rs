//! A made-up company of any size, the same for the same seed.
//!
//! Every worker follows from the seed and the index alone, so a million are read one by one.
//! Of each hundred workers the first twenty-odd hold the cases of [`case`], so that a small
//! company has them all; the dates do not depend on the day it is started.

mod case;
mod line;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use rand::{Rng, RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use self::case::Case;
use super::{Company, Department, Employment, LEGAL_ENTITY, Position, Worker, identifiers, names};

/// Domain of the made-up company; `.example` never receives mail (RFC 2606).
pub(crate) const DOMAIN: &str = "fabrikam.example";

const DEPARTMENTS: &[&str] = &[
    "Customer Care",
    "Engineering",
    "Executive",
    "Facilities",
    "Finance",
    "Human Resources",
    "Information Services",
    "Logistics",
    "Marketing",
    "Production",
    "Quality",
    "Sales",
];
const TITLES: &[&str] = &[
    "Account Manager",
    "Administrative Assistant",
    "Analyst",
    "Assistant to the Chief Financial Officer",
    "Chief Executive Officer",
    "Controller",
    "Designer",
    "Engineer",
    "Machine Operator",
    "Manager",
    "Production Technician - WC60",
    "Recruiter",
    "Stocker",
    "Supervisor",
    "Vice President",
];
const SECOND_LEGAL_ENTITY: &str = "demf";

/// The company of `size` workers.
pub(super) fn company(size: u32, seed: u64) -> Company {
    let departments = DEPARTMENTS.iter().enumerate();
    Company {
        domain: DOMAIN.to_owned(),
        departments: departments
            .map(|(i, name)| Department {
                number: identifiers::department(i),
                name: (*name).to_owned(),
            })
            .collect(),
        titles: TITLES.iter().map(|title| (*title).to_owned()).collect(),
        workers: Box::new((0..size).map(move |index| worker(index, size, seed))),
    }
}

/// Personnel number of the worker at `index`; every 53rd number is left out.
pub(super) fn number(index: u32) -> String {
    let number = u64::from(index) + u64::from(index) / 53 + 1;
    format!("{number:06}")
}

fn worker(index: u32, size: u32, seed: u64) -> Worker {
    let case = Case::of(index);
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(u64::from(index));
    let name = case.name(&mut rng);
    let number = number(index);
    let hired = case.hired(&mut rng);
    let employments = employments(&number, case, hired, &mut rng);
    let start = employments.last().map_or(hired, |e| e.start);
    let login = identifiers::sign_in_name(&name.first);
    let login = format!("{}{}", if login.is_empty() { "w" } else { &login }, number);
    let email = case.email(&login, index);
    let has_account = case != Case::NoEmail;
    let phone = if case == Case::NoPhone {
        String::new()
    } else {
        phone(&mut rng)
    };
    Worker {
        object_id: if has_account {
            identifiers::object_id(&format!("{seed}/{number}"))
        } else {
            uuid::Uuid::nil()
        },
        party_number: identifiers::party_number(&number),
        email,
        sign_in_name: if has_account {
            format!("{login}@{DOMAIN}")
        } else {
            String::new()
        },
        phone,
        user: if has_account { login } else { String::new() },
        title: title(case, index, &mut rng),
        birth_date: day(&mut rng, date(1956, 1, 1), 18_000),
        gender: ["None", "Male", "Female", "NonSpecific"]
            .choose(&mut rng)
            .copied()
            .unwrap_or("None"),
        marital_status: ["None", "Married", "Single"]
            .choose(&mut rng)
            .copied()
            .unwrap_or("None"),
        hire_date: employments.first().map_or(hired, |e| e.start),
        is_contractor: case == Case::Contractor,
        positions: positions(&number, case, index, size, start, &mut rng),
        employments,
        first_name: name.first,
        middle_name: name.middle,
        last_name: name.last,
        number,
    }
}

fn employments(number: &str, case: Case, start: Date, rng: &mut impl Rng) -> Vec<Employment> {
    let legal_entity = if case == Case::OtherLegalEntity {
        SECOND_LEGAL_ENTITY
    } else {
        LEGAL_ENTITY
    }
    .to_owned();
    let one = |count, start, end| Employment {
        id: identifiers::employment(number, count),
        legal_entity: legal_entity.clone(),
        start,
        end,
    };
    match case {
        Case::Rehired => {
            let left = day(rng, date(2012, 1, 1), 1_000);
            let back = left.saturating_add(rng.random_range(60..900).days());
            vec![one(1, date(2008, 3, 1), Some(left)), one(2, back, None)]
        }
        Case::Leaver => vec![one(1, start, Some(day(rng, date(2025, 1, 1), 600)))],
        Case::LeavesLater => vec![one(1, start, Some(day(rng, date(2027, 1, 1), 1_000)))],
        _ => vec![one(1, start, None)],
    }
}

fn positions(
    number: &str,
    case: Case,
    index: u32,
    size: u32,
    start: Date,
    rng: &mut impl Rng,
) -> Vec<Position> {
    let department = match case {
        Case::NoDepartment => String::new(),
        _ => identifiers::department(rng.random_range(0..DEPARTMENTS.len())),
    };
    let own = Position {
        id: identifiers::position(number),
        department,
        reports_to: line::above(case, index, size),
        assigned_from: start,
        reports_from: start,
        is_vacant: false,
    };
    match case {
        Case::VacantAbove => {
            let vacant = Position {
                id: line::vacant(number),
                is_vacant: true,
                ..own.clone()
            };
            vec![
                Position {
                    reports_to: vacant.id.clone(),
                    ..own
                },
                vacant,
            ]
        }
        Case::TwoPositions => {
            let second = Position {
                id: format!("{}B", own.id),
                ..own.clone()
            };
            vec![own, second]
        }
        _ => vec![own],
    }
}

fn title(case: Case, index: u32, rng: &mut impl Rng) -> String {
    match (case, index) {
        (_, 0) => "Chief Executive Officer".to_owned(),
        (Case::NoTitle, _) => String::new(),
        _ => TITLES.choose(rng).copied().unwrap_or_default().to_owned(),
    }
}

fn phone(rng: &mut impl Rng) -> String {
    // 555-01xx is kept for fiction.
    format!(
        "{}-555-01{:02}",
        rng.random_range(200..1000),
        rng.random_range(0..100)
    )
}

/// A day in the `span` days from `from` on.
fn day(rng: &mut impl Rng, from: Date, span: i64) -> Date {
    from.saturating_add(rng.random_range(0..span).days())
}

pub(super) use names::Name;

#[cfg(test)]
mod tests;
