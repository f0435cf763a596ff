use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::{Day, Department, Employment, Position, Title, Worker, WorkerType};

mod lines;
mod standings;

fn today() -> Day {
    Day::from_civil(2026, 11, 22).unwrap()
}

fn rows<R: serde::de::DeserializeOwned>(json: serde_json::Value) -> Vec<R> {
    serde_json::from_value(json).unwrap()
}

/// A feed that owns its rows, from Talent's own property names.
#[derive(Default)]
struct Rows {
    workers: Vec<Worker>,
    positions: Vec<Position>,
    employments: Vec<Employment>,
    departments: Vec<Department>,
    titles: Vec<Title>,
}

impl Rows {
    fn feed(&self) -> Feed<'_> {
        Feed {
            workers: &self.workers,
            positions: &self.positions,
            employments: &self.employments,
            departments: &self.departments,
            titles: &self.titles,
        }
    }

    fn company(&self) -> Company<'_> {
        Company::new(self.feed(), today())
    }
}

#[test]
fn the_primary_position_held_today_says_title_and_department() {
    let all = Rows {
        workers: rows(serde_json::json!([{"PersonnelNumber": "1", "WorkerStatus": "Employed"}])),
        positions: rows(serde_json::json!([
            {"PositionId": "A", "WorkerPersonnelNumber": "1", "DepartmentNumber": "d1", "TitleId": "Old",
             "IsPrimaryPosition": "Yes", "WorkerAssignmentEnd": "2026-11-21T00:00:00Z"},
            {"PositionId": "B", "WorkerPersonnelNumber": "1", "DepartmentNumber": "d1", "TitleId": "Second"},
            {"PositionId": "C", "WorkerPersonnelNumber": "1", "DepartmentNumber": "d2", "TitleId": "buyer",
             "IsPrimaryPosition": "Yes", "WorkerAssignmentStart": "2026-11-22T12:00:00Z",
             "WorkerAssignmentEnd": "2154-12-31T23:59:59Z"},
            {"PositionId": "D", "WorkerPersonnelNumber": "1", "DepartmentNumber": "d1", "TitleId": "Next",
             "IsPrimaryPosition": "Yes", "WorkerAssignmentStart": "2027-01-01T00:00:00Z"}])),
        departments: rows(serde_json::json!([
            {"OperatingUnitNumber": "d1", "Name": "Sales"},
            {"OperatingUnitNumber": "d2", "Name": "Purchasing"}])),
        titles: rows(serde_json::json!([{"TitleId": "Buyer"}])),
        ..Rows::default()
    };
    let company = all.company();
    let record = company.record(&all.workers[0]);
    assert_eq!(record.position.map(|seat| &*seat.position_id), Some("C"));
    assert_eq!(record.department, Some("Purchasing"));
    assert_eq!(record.title, Some("Buyer"), "spelled as in Titles");
    assert_eq!(record.line, Line::Top);
}

#[test]
fn before_the_first_day_the_next_position_counts_and_a_nameless_department_shows_its_number() {
    let all = Rows {
        workers: rows(serde_json::json!([
            {"PersonnelNumber": "1", "WorkerStatus": "Pending", "TitleId": "Own"},
            {"PersonnelNumber": "2", "WorkerStatus": "Employed", "TitleId": " "}])),
        positions: rows(serde_json::json!([
            {"PositionId": "A", "WorkerPersonnelNumber": "1", "DepartmentNumber": "d9", "TitleId": "Seat",
             "WorkerAssignmentStart": "2027-01-01T00:00:00Z"}])),
        ..Rows::default()
    };
    let company = all.company();
    let record = company.record(&all.workers[0]);
    assert_eq!((record.department, record.title), (Some("d9"), Some("Own")));
    let record = company.record(&all.workers[1]);
    assert_eq!((record.department, record.title), (None, None));
    assert_eq!(record.line, Line::Broken(Break::NoPosition));
}

#[test]
fn an_unclear_worker_type_comes_from_the_present_employment() {
    let all = Rows {
        workers: rows(serde_json::json!([
            {"PersonnelNumber": "1", "WorkerType": "Both"},
            {"PersonnelNumber": "2", "WorkerType": "Contractor"},
            {"PersonnelNumber": "3", "WorkerType": "Both"}])),
        employments: rows(serde_json::json!([
            {"PersonnelNumber": "1", "LegalEntityId": "a", "EmploymentId": "1", "WorkerType": "Employee",
             "EmploymentEndDate": "2020-01-01T00:00:00Z"},
            {"PersonnelNumber": "1", "LegalEntityId": "a", "EmploymentId": "2", "WorkerType": "Contractor"},
            {"PersonnelNumber": "2", "LegalEntityId": "a", "EmploymentId": "1", "WorkerType": "Employee"}])),
        ..Rows::default()
    };
    let company = all.company();
    let types: Vec<_> = all
        .workers
        .iter()
        .map(|worker| company.record(worker).worker_type)
        .collect();
    assert_eq!(
        types,
        [
            WorkerType::Contractor,
            WorkerType::Contractor,
            WorkerType::Both
        ]
    );
}

#[test]
fn circles_name_those_in_them_only() {
    let managers = HashMap::from([
        ("a", "b"),
        ("b", "c"),
        ("c", "a"),
        ("d", "a"),
        ("e", "e"),
        ("f", "g"),
    ]);
    let mut found: Vec<_> = circles(&managers).into_iter().collect();
    found.sort_unstable();
    assert_eq!(found, ["a", "b", "c", "e"]);
}

proptest! {
    #[test]
    fn a_circle_is_found_exactly_where_a_line_comes_back(links in proptest::collection::vec(0usize..12, 0..12)) {
        let names: Vec<String> = (0..12).map(|at| at.to_string()).collect();
        let managers: HashMap<&str, &str> =
            links.iter().enumerate().map(|(at, up)| (names[at].as_str(), names[*up].as_str())).collect();
        let comes_back = |start: &str| {
            let mut at = start;
            (0..12).any(|_| {
                at = managers.get(at).copied().unwrap_or("");
                at == start
            })
        };
        let found = circles(&managers);
        for name in &names {
            prop_assert_eq!(found.contains(name.as_str()), comes_back(name), "{}", name);
        }
    }
}
