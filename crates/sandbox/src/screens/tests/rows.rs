//! A small company, entered by hand.

use crate::{
    rows::{Store, Value},
    schema::{CustomFieldType, EnumType, enums},
};

fn member(of: &EnumType, name: &str) -> Value {
    Value::Member(of.position(name).unwrap())
}

pub(in crate::screens) fn midnight(day: &str) -> Value {
    Value::midnight(day.parse().unwrap())
}

/// Enters a worker with one employment and one position that reports to the one of `manager`.
pub(in crate::screens) fn add(
    store: &Store,
    number: &str,
    (first, last): (&str, &str),
    title: &str,
    manager: &str,
    status: &str,
) {
    let above = if manager.is_empty() {
        String::new()
    } else {
        format!("P{manager}")
    };
    let id = format!("P{number}");
    store.write(|tables| {
        let worker = [
            ("PersonnelNumber", number.into()),
            ("Name", format!("{first} {last}").into()),
            ("FirstName", first.into()),
            ("LastName", last.into()),
            ("TitleId", title.into()),
            ("PartyNumber", format!("party-{number}").into()),
            (
                "PrimaryContactEmail",
                format!("w{number}@example.com").into(),
            ),
            ("WorkerStatus", member(&enums::WORKER_STATUS, status)),
            (
                "WorkerType",
                member(&enums::WORKER_RELATION_TYPE, "Employee"),
            ),
            ("BirthDate", Value::date("1971-03-14".parse().unwrap())),
            ("Gender", member(&enums::PERSON_GENDER, "NonSpecific")),
            ("MaritalStatus", member(&enums::MARITAL_STATUS, "Widowed")),
        ];
        tables.insert("Workers", &worker).unwrap();
        let employment = [
            ("PersonnelNumber", number.into()),
            ("LegalEntityId", "usmf".into()),
            ("EmploymentId", "1".into()),
            ("EmploymentStartDate", midnight("2019-04-01")),
        ];
        tables.insert("EmploymentsV2", &employment).unwrap();
        let position = [
            ("PositionId", id.as_str().into()),
            ("DepartmentNumber", "0007".into()),
            ("WorkerPersonnelNumber", number.into()),
            ("ReportsToPositionId", above.into()),
            ("IsPrimaryPosition", member(&enums::NO_YES, "Yes")),
        ];
        tables.insert("Positions", &position).unwrap();
    });
}

/// Three workers in the department *Design*: 000001 at the top, 000002 and 000003 below, of whom
/// the last has left; and the custom field `EloopsCoins`, not enabled.
pub(in crate::screens) fn small() -> Store {
    let store = Store::new("_Custom");
    store.write(|tables| {
        let department = [
            ("OperatingUnitNumber", "0007".into()),
            ("Name", "Design".into()),
        ];
        tables.insert("DepartmentsV2", &department).unwrap();
    });
    add(
        &store,
        "000001",
        ("Ken", "Sánchez"),
        "Chief",
        "",
        "Employed",
    );
    add(
        &store,
        "000002",
        ("Terri", "D'Hers"),
        "Designer",
        "000001",
        "Employed",
    );
    add(
        &store,
        "000003",
        ("Rob", "Gone"),
        "Designer",
        "000001",
        "Terminated",
    );
    store
        .create_custom_field(
            "EloopsCoins",
            CustomFieldType::Number,
            "Eloops coins",
            false,
        )
        .unwrap();
    store
}
