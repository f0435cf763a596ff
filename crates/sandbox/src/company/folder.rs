//! A company from a folder like `data/adventure-works`: one `workers.csv`.

use std::{collections::BTreeSet, path::Path};

use jiff::civil::Date;
use serde::Deserialize;

use super::{Company, Department, Employment, LEGAL_ENTITY, Position, Worker, identifiers};
use crate::StartError;

/// One line of `workers.csv`, as it stands there.
#[derive(Debug, Deserialize)]
struct Line {
    personnel_number: String,
    first_name: String,
    middle_name: String,
    last_name: String,
    title: String,
    department: String,
    manager_personnel_number: String,
    email: String,
    phone: String,
    birth_date: Date,
    gender: String,
    marital_status: String,
    hire_date: Date,
    employment_start_date: Date,
    employment_end_date: Option<Date>,
    login: String,
}

/// Reads `workers.csv` of the folder.
///
/// # Errors
/// When the folder or file is missing, or a line cannot be read; the message names the line.
pub(super) fn open(folder: &Path) -> Result<Company, StartError> {
    let file = folder.join("workers.csv");
    let broken = |detail: String| StartError::Company {
        file: file.clone(),
        detail,
    };
    if !file.is_file() {
        return Err(StartError::NoCompany(folder.to_path_buf()));
    }
    let mut reader = csv::Reader::from_path(&file).map_err(|error| broken(error.to_string()))?;
    let mut lines = reader
        .deserialize()
        .collect::<Result<Vec<Line>, _>>()
        .map_err(|error| broken(error.to_string()))?;
    lines.sort_by(|a, b| a.personnel_number.cmp(&b.personnel_number));
    if let Some(pair) = lines
        .windows(2)
        .find(|p| p[0].personnel_number == p[1].personnel_number)
    {
        return Err(broken(format!(
            "{} stands there twice",
            pair[0].personnel_number
        )));
    }

    let names: BTreeSet<&str> = lines.iter().map(|l| l.department.as_str()).collect();
    let departments: Vec<Department> = names
        .into_iter()
        .filter(|name| !name.is_empty())
        .enumerate()
        .map(|(i, name)| Department {
            number: identifiers::department(i),
            name: name.to_owned(),
        })
        .collect();
    let titles: BTreeSet<&str> = lines.iter().map(|l| l.title.as_str()).collect();
    let titles = titles
        .into_iter()
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .collect();
    let domain = lines
        .iter()
        .find_map(|l| l.email.split_once('@').map(|(_, domain)| domain.to_owned()))
        .unwrap_or_else(|| "sandbox.example".to_owned());
    let workers: Vec<Worker> = lines
        .iter()
        .map(|line| worker(line, &lines, &departments))
        .collect();
    Ok(Company {
        domain,
        departments,
        titles,
        workers: Box::new(workers.into_iter()),
    })
}

fn worker(line: &Line, lines: &[Line], departments: &[Department]) -> Worker {
    let number = line.personnel_number.clone();
    let manager = lines
        .binary_search_by(|l| l.personnel_number.cmp(&line.manager_personnel_number))
        .ok()
        .map(|i| &lines[i]);
    let start = line.employment_start_date;
    let department = departments.iter().find(|d| d.name == line.department);
    let position = Position {
        id: identifiers::position(&number),
        department: department.map(|d| d.number.clone()).unwrap_or_default(),
        // A manager the file does not know becomes a position nobody knows, as in a real tenant.
        reports_to: if line.manager_personnel_number.is_empty() {
            String::new()
        } else {
            identifiers::position(&line.manager_personnel_number)
        },
        assigned_from: start,
        // A line cannot begin before both of its ends.
        reports_from: manager.map_or(start, |m| start.max(m.employment_start_date)),
        is_vacant: false,
    };
    Worker {
        first_name: line.first_name.clone(),
        middle_name: line.middle_name.clone(),
        last_name: line.last_name.clone(),
        object_id: identifiers::object_id(&number),
        party_number: identifiers::party_number(&number),
        email: line.email.clone(),
        sign_in_name: identifiers::sign_in_name(&line.email),
        phone: line.phone.clone(),
        user: identifiers::sign_in_name(&line.login),
        title: line.title.clone(),
        birth_date: line.birth_date,
        gender: match line.gender.as_str() {
            "M" => "Male",
            "F" => "Female",
            _ => "None",
        },
        marital_status: match line.marital_status.as_str() {
            "M" => "Married",
            "S" => "Single",
            _ => "None",
        },
        hire_date: line.hire_date,
        is_contractor: false,
        employments: vec![Employment {
            id: identifiers::employment(&number, 1),
            legal_entity: LEGAL_ENTITY.to_owned(),
            start,
            end: line.employment_end_date,
        }],
        positions: vec![position],
        number,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn adventure_works() -> Company {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/adventure-works");
        open(Path::new(folder)).unwrap()
    }

    #[test]
    fn adventure_works_is_whole() {
        let company = adventure_works();
        assert_eq!(company.domain, "adventure-works.com");
        assert_eq!((company.departments.len(), company.titles.len()), (16, 67));
        let workers: Vec<Worker> = company.workers.collect();
        assert_eq!(workers.len(), 290);
        let by_position: HashMap<&str, &Worker> = workers
            .iter()
            .map(|w| (w.positions[0].id.as_str(), w))
            .collect();
        let mut reports = HashMap::<&str, usize>::new();
        let mut roots = vec![];
        for worker in &workers {
            let above = worker.positions[0].reports_to.as_str();
            match by_position.get(above) {
                Some(manager) => *reports.entry(&manager.number).or_default() += 1,
                None => roots.push(worker.number.as_str()),
            }
        }
        assert_eq!(roots, ["000112"]);
        assert_eq!(reports.len(), 47, "managers");
        assert_eq!(reports["000023"], 24);
    }

    #[test]
    fn accented_addresses_stay_and_their_sign_in_names_are_folded() {
        let workers: Vec<Worker> = adventure_works().workers.collect();
        let jose = workers.iter().find(|w| w.number == "000288").unwrap();
        assert_eq!(jose.email, "josé1@adventure-works.com");
        assert_eq!(jose.sign_in_name, "jose1@adventure-works.com");
        let differing = workers.iter().filter(|w| w.email != w.sign_in_name).count();
        assert_eq!(differing, 2);
    }

    #[test]
    fn a_reporting_line_begins_when_both_are_there() {
        let workers: Vec<Worker> = adventure_works().workers.collect();
        let of = |n: &str| workers.iter().find(|w| w.number == n).unwrap();
        for worker in &workers {
            let position = &worker.positions[0];
            assert!(
                position.reports_from >= position.assigned_from,
                "{}",
                worker.number
            );
            if let Some(number) = position.reports_to.strip_prefix('P') {
                let manager = of(number);
                assert!(
                    position.reports_from >= manager.employments[0].start,
                    "{number}"
                );
            }
        }
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let missing = open(folder.path()).err().unwrap().to_string();
        assert!(missing.contains("workers.csv"), "{missing}");
        std::fs::write(
            folder.path().join("workers.csv"),
            "personnel_number\n000001\n",
        )
        .unwrap();
        let broken = open(folder.path()).err().unwrap().to_string();
        assert!(broken.contains("first_name"), "{broken}");
    }
}
