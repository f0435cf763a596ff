//! Writes a worker, the primary position and the last employment.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::{super::body::Refused, example, fields::Fields};
use crate::{
    company::{LEGAL_ENTITY, identifiers},
    rows::{RowError, RowKey, Tables, Value},
    schema::enums,
    seed::member,
};

type List = Vec<(String, Value)>;

/// A new worker; what is left out is made up from the personnel number, or has its default.
pub(super) fn create(
    tables: &mut Tables,
    mut fields: Fields,
    now: Timestamp,
) -> Result<Json, Refused> {
    let number = match find(&fields.worker, "PersonnelNumber") {
        Some(number) if !number.as_text().is_empty() => number.as_text().to_owned(),
        _ => next_number(tables),
    };
    let (midnight, text) = (day(now), number.as_str());
    default(&mut fields.worker, "PersonnelNumber", text.into());
    default(
        &mut fields.worker,
        "ObjectId",
        identifiers::object_id(&number).into(),
    );
    default(
        &mut fields.worker,
        "PartyNumber",
        identifiers::party_number(&number).into(),
    );
    default(
        &mut fields.worker,
        "WorkerType",
        member(&enums::WORKER_RELATION_TYPE, "Employee"),
    );
    default(&mut fields.worker, "LanguageId", "en-us".into());
    default(&mut fields.worker, "FirstName", "New".into());
    default(
        &mut fields.worker,
        "LastName",
        format!("Worker {number}").into(),
    );
    let email = find(&fields.worker, "PrimaryContactEmail").map(|v| v.as_text().to_owned());
    let sign_in_name = identifiers::sign_in_name(&email.unwrap_or_default());
    default(&mut fields.worker, "IdentityEmail", sign_in_name.into());
    let name = full_name(&fields.worker, |_| String::new());
    default(&mut fields.worker, "Name", name.into());
    default(&mut fields.employment, "PersonnelNumber", text.into());
    default(&mut fields.employment, "LegalEntityId", LEGAL_ENTITY.into());
    default(
        &mut fields.employment,
        "EmploymentId",
        identifiers::employment(&number, 1).into(),
    );
    default(
        &mut fields.employment,
        "EmploymentStartDate",
        midnight.clone(),
    );
    let start = find(&fields.employment, "EmploymentStartDate").unwrap_or(midnight);
    default(&mut fields.worker, "OriginalHireDateTime", start.clone());
    default(&mut fields.worker, "SeniorityDate", start.clone());
    let end = find(&fields.employment, "EmploymentEndDate");
    default(
        &mut fields.worker,
        "WorkerStatus",
        status(&start, end.as_ref(), now),
    );
    default(
        &mut fields.position,
        "PositionId",
        identifiers::position(&number).into(),
    );
    default(&mut fields.position, "WorkerPersonnelNumber", text.into());
    let name = find(&fields.worker, "Name").unwrap_or_else(|| "".into());
    default(&mut fields.position, "WorkerName", name);
    default(&mut fields.position, "WorkerAssignmentStart", start.clone());
    default(
        &mut fields.position,
        "IsPrimaryPosition",
        member(&enums::NO_YES, "Yes"),
    );
    default(
        &mut fields.position,
        "FullTimeEquivalent",
        Value::Decimal(1.0),
    );
    if let Some(manager) = &fields.reports_to {
        set(
            &mut fields.position,
            "ReportsToPositionId",
            position_of(tables, manager).into(),
        );
        default(&mut fields.position, "ReportsToEffective", start);
    }
    know_title(tables, &fields.worker)?;
    tables
        .insert("Workers", &borrowed(&fields.worker))
        .map_err(refused)?;
    tables
        .insert("EmploymentsV2", &borrowed(&fields.employment))
        .map_err(refused)?;
    tables
        .insert("Positions", &borrowed(&fields.position))
        .map_err(refused)?;
    Ok(answer(tables, &number))
}

/// A change. An `EmploymentId` the worker does not have yet begins a new employment.
pub(super) fn change(
    tables: &mut Tables,
    number: &str,
    mut fields: Fields,
    now: Timestamp,
) -> Result<Json, Refused> {
    let key = RowKey::of(&[number]);
    let named = ["FirstName", "MiddleName", "LastName"];
    if fields
        .worker
        .iter()
        .any(|(name, _)| named.contains(&name.as_str()))
    {
        let before = |part: &str| {
            tables
                .get("Workers", &key)
                .map_or_else(String::new, |w| w.text(part).to_owned())
        };
        let name = full_name(&fields.worker, before);
        default(&mut fields.worker, "Name", name.into());
    }
    if let Some(name) = find(&fields.worker, "Name") {
        default(&mut fields.position, "WorkerName", name);
    }
    if let Some(manager) = &fields.reports_to {
        set(
            &mut fields.position,
            "ReportsToPositionId",
            position_of(tables, manager).into(),
        );
        default(&mut fields.position, "ReportsToEffective", day(now));
    }
    if !fields.employment.is_empty() {
        let (start, end) = write_employment(tables, number, &fields.employment)?;
        default(
            &mut fields.worker,
            "WorkerStatus",
            status(&start, Some(&end), now),
        );
    }
    if !fields.position.is_empty() {
        let id = position_of(tables, number);
        if id.is_empty() {
            return Err(Refused::new(
                format!("the worker '{number}' holds no position"),
                example(),
            ));
        }
        tables
            .update(
                "Positions",
                &RowKey::of(&[&id]),
                &borrowed(&fields.position),
            )
            .map_err(refused)?;
    }
    know_title(tables, &fields.worker)?;
    tables
        .update("Workers", &key, &borrowed(&fields.worker))
        .map_err(refused)?;
    Ok(answer(tables, number))
}

/// Writes the last employment, or a new one; gives its first and last moment.
fn write_employment(
    tables: &mut Tables,
    number: &str,
    fields: &List,
) -> Result<(Value, Value), Refused> {
    let of_worker = tables.find("EmploymentsV2", "PersonnelNumber", &Value::from(number));
    let wanted = find(fields, "EmploymentId").map(|id| id.as_text().to_owned());
    let found = of_worker
        .iter()
        .filter(|e| {
            wanted
                .as_deref()
                .is_none_or(|id| id == e.text("EmploymentId"))
        })
        .max_by_key(|e| e.time("EmploymentStartDate"))
        .map(|e| e.row.key().clone());
    let count = of_worker.len() + 1;
    let key = match found {
        Some(key) => {
            tables
                .update("EmploymentsV2", &key, &borrowed(fields))
                .map_err(refused)?;
            key
        }
        None => {
            let mut row = fields.clone();
            default(&mut row, "PersonnelNumber", number.into());
            default(&mut row, "LegalEntityId", LEGAL_ENTITY.into());
            default(
                &mut row,
                "EmploymentId",
                identifiers::employment(number, count).into(),
            );
            tables
                .insert("EmploymentsV2", &borrowed(&row))
                .map_err(refused)?
        }
    };
    let row = tables.get("EmploymentsV2", &key);
    let moment = |name: &str| row.and_then(|row| row.value(name)).unwrap_or(Value::Null);
    Ok((moment("EmploymentStartDate"), moment("EmploymentEndDate")))
}

/// The status an employment gives now.
fn status(start: &Value, end: Option<&Value>, now: Timestamp) -> Value {
    let name = match (start, end) {
        (Value::Time(start), _) if *start > now.as_second() => "Pending",
        (_, Some(Value::Time(end))) if *end < now.as_second() => "Terminated",
        _ => "Employed",
    };
    member(&enums::WORKER_STATUS, name)
}

/// The primary position a worker holds, else any; empty without one.
fn position_of(tables: &Tables, number: &str) -> String {
    let held = tables.find("Positions", "WorkerPersonnelNumber", &Value::from(number));
    let primary = held
        .iter()
        .find(|p| p.member("IsPrimaryPosition") == "Yes")
        .or(held.first());
    primary.map_or_else(String::new, |p| p.text("PositionId").to_owned())
}

/// A title nobody had before is a new row of `Titles`.
fn know_title(tables: &mut Tables, worker: &List) -> Result<(), Refused> {
    let Some(title) = find(worker, "TitleId").filter(|title| !title.as_text().is_empty()) else {
        return Ok(());
    };
    match tables.insert("Titles", &[("TitleId", title)]) {
        Ok(_) | Err(RowError::Exists(_)) => Ok(()),
        Err(error) => Err(refused(error)),
    }
}

fn answer(tables: &Tables, number: &str) -> Json {
    let worker = tables.get("Workers", &RowKey::of(&[number]));
    json!({
        "PersonnelNumber": number,
        "Name": worker.map(|w| w.text("Name")),
        "WorkerStatus": worker.map(|w| w.member("WorkerStatus")),
        "PositionId": position_of(tables, number),
    })
}

fn next_number(tables: &Tables) -> String {
    let last = tables.records("Workers").last();
    let last = last
        .and_then(|w| w.text("PersonnelNumber").parse::<u64>().ok())
        .unwrap_or(0);
    format!("{:06}", last + 1)
}

fn full_name(fields: &List, before: impl Fn(&str) -> String) -> String {
    let part = |name: &str| {
        find(fields, name).map_or_else(|| before(name), |value| value.as_text().to_owned())
    };
    let parts = ["FirstName", "MiddleName", "LastName"].map(part);
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn day(now: Timestamp) -> Value {
    Value::midnight(now.to_zoned(jiff::tz::TimeZone::UTC).date())
}

fn find(list: &List, name: &str) -> Option<Value> {
    list.iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone())
}

fn default(list: &mut List, name: &str, value: Value) {
    if find(list, name).is_none() {
        list.push((name.to_owned(), value));
    }
}

fn set(list: &mut List, name: &str, value: Value) {
    list.retain(|(known, _)| known != name);
    list.push((name.to_owned(), value));
}

fn borrowed(list: &List) -> Vec<(&str, Value)> {
    list.iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect()
}

fn refused(error: RowError) -> Refused {
    Refused::new(error.to_string(), example())
}
