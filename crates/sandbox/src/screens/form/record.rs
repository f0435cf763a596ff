//! What the form shows of a worker, read from the rows. Birth date, gender, marital status and
//! everything like them are not read.

use jiff::Timestamp;

use crate::{
    rows::{Record, RowKey, Tables, Value},
    schema::Kind,
    screens::line,
};

pub(super) struct Worker {
    pub(super) number: String,
    pub(super) name: String,
    pub(super) first_name: String,
    pub(super) middle_name: String,
    pub(super) last_name: String,
    pub(super) title: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) sign_in_name: String,
    /// A member of `HcmWorkerStatus`.
    pub(super) status: &'static str,
    /// A member of `HcmWorkerRelationType`.
    pub(super) kind: &'static str,
    pub(super) hired: Option<Timestamp>,
    /// The latest first.
    pub(super) employments: Vec<Employment>,
    /// The primary one first.
    pub(super) positions: Vec<Position>,
    /// How many report to this worker.
    pub(super) reports: usize,
    pub(super) custom: Vec<Custom>,
    /// The personnel numbers before and after this one.
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

pub(super) struct Employment {
    pub(super) legal_entity: String,
    pub(super) start: Option<Timestamp>,
    pub(super) end: Option<Timestamp>,
}

pub(super) struct Position {
    pub(super) id: String,
    pub(super) description: String,
    pub(super) department: String,
    pub(super) since: Option<Timestamp>,
    pub(super) above: Above,
}

/// Who is above a position.
pub(super) enum Above {
    Nobody,
    /// The position above, held by nobody.
    Vacant(String),
    Worker {
        number: String,
        name: String,
        title: String,
    },
}

/// A custom field that is enabled, with its value.
pub(super) struct Custom {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) kind: Kind,
    pub(super) value: Value,
}

impl Worker {
    /// The worker with this personnel number.
    pub(super) fn read(tables: &Tables, number: &str) -> Option<Self> {
        let row = tables.get("Workers", &RowKey::of(&[number]))?;
        let text = |property: &str| row.text(property).to_owned();
        let (previous, next) = neighbours(tables, number);
        Some(Self {
            number: text("PersonnelNumber"),
            name: line::name(&row),
            first_name: text("FirstName"),
            middle_name: text("MiddleName"),
            last_name: text("LastName"),
            title: text("TitleId"),
            email: text("PrimaryContactEmail"),
            phone: text("PrimaryContactPhone"),
            sign_in_name: text("IdentityEmail"),
            status: row.member("WorkerStatus"),
            kind: row.member("WorkerType"),
            hired: row.time("OriginalHireDateTime"),
            employments: employments(tables, number),
            positions: line::positions(tables, number)
                .iter()
                .map(|p| position(tables, p))
                .collect(),
            reports: line::direct_reports(tables, number).len(),
            custom: custom(tables, &row),
            previous,
            next,
        })
    }

    /// The personnel number of the manager, by the primary position.
    pub(super) fn manager(&self) -> Option<&str> {
        match &self.positions.first()?.above {
            Above::Worker { number, .. } => Some(number),
            Above::Nobody | Above::Vacant(_) => None,
        }
    }

    /// The department, by the primary position.
    pub(super) fn department(&self) -> &str {
        self.positions
            .first()
            .map_or("", |primary| primary.department.as_str())
    }
}

fn employments(tables: &Tables, number: &str) -> Vec<Employment> {
    let rows = tables.find("EmploymentsV2", "PersonnelNumber", &Value::from(number));
    let employment = |row: Record<'_>| Employment {
        legal_entity: row.text("LegalEntityId").to_owned(),
        start: row.time("EmploymentStartDate"),
        end: row.time("EmploymentEndDate"),
    };
    let mut employments: Vec<_> = rows.into_iter().map(employment).collect();
    employments.sort_by_key(|employment| std::cmp::Reverse(employment.start));
    employments
}

fn position(tables: &Tables, row: &Record<'_>) -> Position {
    let above = row.text("ReportsToPositionId");
    Position {
        id: row.text("PositionId").to_owned(),
        description: row.text("Description").to_owned(),
        department: line::department(tables, row.text("DepartmentNumber")).to_owned(),
        since: row.time("WorkerAssignmentStart"),
        above: if above.is_empty() {
            Above::Nobody
        } else {
            holder(tables, above)
        },
    }
}

fn holder(tables: &Tables, position: &str) -> Above {
    let found = tables.get("Positions", &RowKey::of(&[position]));
    let number = found.map_or("", |found| found.text("WorkerPersonnelNumber"));
    match tables.get("Workers", &RowKey::of(&[number])) {
        Some(worker) => Above::Worker {
            number: number.to_owned(),
            name: line::name(&worker),
            title: worker.text("TitleId").to_owned(),
        },
        None => Above::Vacant(position.to_owned()),
    }
}

fn custom(tables: &Tables, row: &Record<'_>) -> Vec<Custom> {
    let fields = tables
        .schema()
        .custom_fields()
        .iter()
        .filter(|field| field.enabled);
    let custom = |field: &crate::schema::CustomField| {
        Some(Custom {
            name: field.name.clone(),
            label: if field.label.is_empty() {
                field.name.clone()
            } else {
                field.label.clone()
            },
            kind: field.field_type.kind(),
            value: row.value(&field.property)?,
        })
    };
    fields.filter_map(custom).collect()
}

/// The personnel numbers on either side, in the order of the list.
fn neighbours(tables: &Tables, number: &str) -> (Option<String>, Option<String>) {
    let mut previous = None;
    for worker in tables.records("Workers") {
        match worker.text("PersonnelNumber") {
            other if other < number => previous = Some(other),
            other if other > number => {
                return (previous.map(str::to_owned), Some(other.to_owned()));
            }
            _ => {}
        }
    }
    (previous.map(str::to_owned), None)
}
