//! Who sits where: what lists and forms read about positions.

use std::collections::BTreeSet;

use crate::rows::{Record, RowKey, Tables, Value};

/// The worker's full name; the parts where Talent's `Name` is empty, at worst the number.
pub(super) fn name(worker: &Record<'_>) -> String {
    let whole = worker.text("Name").trim();
    if !whole.is_empty() {
        return whole.to_owned();
    }
    let parts = ["FirstName", "MiddleName", "LastName"].map(|part| worker.text(part).trim());
    let joined = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if joined.is_empty() {
        worker.text("PersonnelNumber").to_owned()
    } else {
        joined
    }
}

/// The worker's positions, the primary one first.
pub(super) fn positions<'a>(tables: &'a Tables, number: &str) -> Vec<Record<'a>> {
    if number.is_empty() {
        return Vec::new();
    }
    let mut positions = tables.find("Positions", "WorkerPersonnelNumber", &Value::from(number));
    positions.sort_by_key(|position| position.member("IsPrimaryPosition") != "Yes");
    positions
}

/// The name of a department; empty when there is none with this number.
pub(super) fn department<'a>(tables: &'a Tables, number: &str) -> &'a str {
    tables
        .get("DepartmentsV2", &RowKey::of(&[number]))
        .map_or("", |found| found.text("Name"))
}

/// The personnel numbers of those who report to the worker, leavers left out.
pub(super) fn direct_reports(tables: &Tables, number: &str) -> BTreeSet<String> {
    let own = positions(tables, number);
    let below = own.iter().flat_map(|position| {
        let id = Value::from(position.text("PositionId"));
        tables.find("Positions", "ReportsToPositionId", &id)
    });
    below
        .map(|position| position.text("WorkerPersonnelNumber"))
        .filter(|holder| !holder.is_empty() && *holder != number)
        .filter(|holder| {
            let worker = tables.get("Workers", &RowKey::of(&[holder]));
            worker.is_some_and(|worker| worker.member("WorkerStatus") != "Terminated")
        })
        .map(str::to_owned)
        .collect()
}

/// The personnel numbers of those who hold a position in the department.
pub(super) fn members(tables: &Tables, department: &str) -> BTreeSet<String> {
    if department.is_empty() {
        return BTreeSet::new();
    }
    let positions = tables.find("Positions", "DepartmentNumber", &Value::from(department));
    let holders = positions
        .iter()
        .map(|position| position.text("WorkerPersonnelNumber"));
    holders
        .filter(|holder| !holder.is_empty())
        .map(str::to_owned)
        .collect()
}
