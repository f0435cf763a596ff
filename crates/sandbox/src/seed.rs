//! Enters a [`Company`] in Talent: the rows of its entities (which value goes where stands here only).

use jiff::{Timestamp, civil::Date};

use crate::{
    company::{Company, Employment, Position, Worker},
    effective,
    portrait::{self, Style},
    rows::{Drawing, RowError, Store, Tables, Value},
    schema::{EnumType, enums},
};

/// Enters all rows; `now` decides who is employed today.
///
/// # Errors
/// A worker or position that stands in the company twice.
pub(crate) fn enter(store: &Store, company: Company, now: Timestamp) -> Result<(), RowError> {
    store.write(|tables| {
        for department in &company.departments {
            tables.insert(
                "DepartmentsV2",
                &[
                    ("OperatingUnitNumber", department.number.as_str().into()),
                    ("Name", department.name.as_str().into()),
                    ("KnownAs", department.name.as_str().into()),
                    ("SearchName", department.name.as_str().into()),
                    ("PartyNumber", format!("8{:0>8}", department.number).into()),
                    ("PartyType", "OperatingUnit".into()),
                    ("Language", "en-us".into()),
                    (
                        "OperatingUnitTypes",
                        member(&enums::OPERATING_UNIT_TYPE, "OMDepartment"),
                    ),
                    (
                        "OrganizationType",
                        member(&enums::INTERNAL_ORGANIZATION_TYPE, "OperatingUnit"),
                    ),
                ],
            )?;
        }
        for title in &company.titles {
            tables.insert("Titles", &[("TitleId", title.as_str().into())])?;
        }
        for (index, worker) in company.workers.enumerate() {
            enter_worker(tables, &worker, now)?;
            enter_portrait(tables, &worker, Style::of(index))?;
        }
        Ok(())
    })
}

/// The member of an enum as a value; the first member when there is no such one.
pub(crate) fn member(of: &EnumType, name: &str) -> Value {
    Value::Member(of.position(name).unwrap_or(0))
}

/// The last second of a day: an employment holds to the end of its last day.
pub(crate) fn end_of(day: Date) -> Value {
    match Value::midnight(day) {
        Value::Time(seconds) => Value::Time(seconds + 24 * 3600 - 1),
        other => other,
    }
}

fn enter_worker(tables: &mut Tables, worker: &Worker, now: Timestamp) -> Result<(), RowError> {
    let contractor = worker.is_contractor;
    let name = worker.full_name();
    let last = worker.employments.last();
    let status = last.map_or("Pending", |e| effective::status(e.start, e.end, now));
    let start = last.map_or(worker.hire_date, |e| e.start);
    tables.insert(
        "Workers",
        &[
            ("PersonnelNumber", worker.number.as_str().into()),
            ("Name", name.as_str().into()),
            ("FirstName", worker.first_name.as_str().into()),
            ("MiddleName", worker.middle_name.as_str().into()),
            ("LastName", worker.last_name.as_str().into()),
            ("NameAlias", worker.number.as_str().into()),
            ("NameSequenceDisplayAs", "FirstMiddleLast".into()),
            ("PartyNumber", worker.party_number.as_str().into()),
            ("PartyType", "Person".into()),
            ("LanguageId", "en-us".into()),
            ("ObjectId", worker.object_id.into()),
            ("IdentityEmail", worker.sign_in_name.as_str().into()),
            (
                "IdentityProvider",
                if worker.user.is_empty() {
                    ""
                } else {
                    "https://sts.windows.net/"
                }
                .into(),
            ),
            ("User", worker.user.as_str().into()),
            ("PrimaryContactEmail", worker.email.as_str().into()),
            ("PrimaryContactPhone", worker.phone.as_str().into()),
            ("TitleId", worker.title.as_str().into()),
            ("BirthDate", Value::date(worker.birth_date)),
            ("Gender", member(&enums::PERSON_GENDER, worker.gender)),
            (
                "MaritalStatus",
                member(&enums::MARITAL_STATUS, worker.marital_status),
            ),
            ("OriginalHireDateTime", Value::midnight(worker.hire_date)),
            ("SeniorityDate", Value::midnight(worker.hire_date)),
            ("WorkerStatus", member(&enums::WORKER_STATUS, status)),
            (
                "WorkerType",
                member(
                    &enums::WORKER_RELATION_TYPE,
                    if contractor { "Contractor" } else { "Employee" },
                ),
            ),
            ("PersonDetailsValidFrom", Value::midnight(start)),
            ("SummaryValidFrom", Value::midnight(start)),
            ("AllowRehire", member(&enums::NO_YES, "Yes")),
        ],
    )?;
    for employment in &worker.employments {
        enter_employment(tables, &worker.number, employment, contractor)?;
    }
    for (index, position) in worker.positions.iter().enumerate() {
        enter_position(tables, worker, &name, position, index == 0)?;
    }
    if !worker.user.is_empty() {
        tables.insert(
            "PersonUsers",
            &[
                ("UserId", worker.user.as_str().into()),
                ("PartyNumber", worker.party_number.as_str().into()),
                ("ValidFrom", Value::midnight(start)),
                ("PersonPrimaryEmail", worker.email.as_str().into()),
                ("UserEmail", worker.sign_in_name.as_str().into()),
                ("PersonName", name.as_str().into()),
            ],
        )?;
    }
    Ok(())
}

fn enter_employment(
    tables: &mut Tables,
    number: &str,
    employment: &Employment,
    contractor: bool,
) -> Result<(), RowError> {
    let kind = if contractor { "Contractor" } else { "Employee" };
    let mut row = vec![
        ("PersonnelNumber", number.into()),
        ("LegalEntityId", employment.legal_entity.as_str().into()),
        ("EmploymentId", employment.id.as_str().into()),
        ("EmploymentStartDate", Value::midnight(employment.start)),
        ("WorkerType", member(&enums::EMPLOYMENT_TYPE, kind)),
    ];
    if let Some(end) = employment.end {
        row.push(("EmploymentEndDate", end_of(end)));
    }
    tables.insert("EmploymentsV2", &row)?;
    Ok(())
}

/// A post, who holds it, and to whom it reports.
fn enter_position(
    tables: &mut Tables,
    worker: &Worker,
    name: &str,
    position: &Position,
    is_primary: bool,
) -> Result<(), RowError> {
    let id = position.id.as_str();
    let mut row = vec![
        ("PositionId", id.into()),
        ("Description", worker.title.as_str().into()),
        ("TitleId", worker.title.as_str().into()),
        ("DepartmentNumber", position.department.as_str().into()),
        ("Activation", Value::midnight(position.assigned_from)),
        (
            "AvailableForAssignment",
            Value::midnight(position.assigned_from),
        ),
        ("DetailEffective", Value::midnight(position.assigned_from)),
        ("FullTimeEquivalent", Value::Decimal(1.0)),
    ];
    if !position.is_vacant {
        row.extend([
            ("WorkerPersonnelNumber", worker.number.as_str().into()),
            ("WorkerName", name.into()),
            (
                "WorkerAssignmentStart",
                Value::midnight(position.assigned_from),
            ),
            (
                "IsPrimaryPosition",
                member(&enums::NO_YES, if is_primary { "Yes" } else { "No" }),
            ),
        ]);
        tables.insert(
            "PositionWorkerAssignmentsV2",
            &[
                ("PositionId", id.into()),
                ("ValidFrom", Value::midnight(position.assigned_from)),
                ("PersonnelNumber", worker.number.as_str().into()),
                (
                    "IsPrimaryPosition",
                    member(&enums::NO_YES, if is_primary { "Yes" } else { "No" }),
                ),
            ],
        )?;
    }
    if !position.reports_to.is_empty() {
        row.extend([
            ("ReportsToPositionId", position.reports_to.as_str().into()),
            ("ReportsToEffective", Value::midnight(position.reports_from)),
        ]);
        tables.insert(
            "PositionHierarchies",
            &[
                ("PositionId", id.into()),
                ("HierarchyTypeName", "Line".into()),
                ("ValidFrom", Value::midnight(position.reports_from)),
                ("ParentPositionId", position.reports_to.as_str().into()),
            ],
        )?;
    }
    tables.insert("Positions", &row)?;
    Ok(())
}

/// The portrait is drawn when it is read.
fn enter_portrait(tables: &mut Tables, worker: &Worker, style: Style) -> Result<(), RowError> {
    if style == Style::None {
        return Ok(());
    }
    let number = worker.number.clone();
    let drawing = Drawing::new(move || portrait::draw(&number, style));
    let party = worker.party_number.as_str();
    tables.insert(
        "PersonImages",
        &[
            ("PartyNumber", party.into()),
            ("Image", Value::Drawn(drawing)),
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;
