//! A small company behind the router, and requests to it.

use std::sync::Arc;

use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value as Json;
use talent_sandbox::odata::{Caller, Gate, OData, Open, Sees, router};
use talent_sandbox::rows::{Drawing, Store, Value};
use tower::ServiceExt as _;

/// The service with its rows and one caller.
pub(crate) struct Talent {
    pub(crate) store: Store,
    pub(crate) page_size: usize,
    pub(crate) caller: Option<Caller>,
    pub(crate) gate: Arc<dyn Gate>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) performed: Vec<(String, u16)>,
}

impl Answer {
    pub(crate) fn json(&self) -> Json {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("expected JSON, got {:?}: {error}", self.body))
    }

    /// The values of one property of all rows.
    pub(crate) fn column(&self, property: &str) -> Vec<String> {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        let json = self.json();
        let rows = json["value"].as_array().expect("a page has a value").iter();
        let text = |value: &Json| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), String::from)
        };
        rows.map(|row| text(&row[property])).collect()
    }

    /// Checks the status and that the error has two levels; gives the inner text.
    #[track_caller]
    pub(crate) fn error(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.body);
        let error = &self.json()["error"];
        assert_eq!(error["code"], "");
        assert_eq!(error["message"], "An error has occurred.");
        assert_eq!(error["innererror"]["type"], "");
        assert_eq!(error["innererror"]["stacktrace"], "");
        error["innererror"]["message"]
            .as_str()
            .expect("the inner error has a message")
            .into()
    }
}

/// The caller that sees and writes everything.
pub(crate) fn app() -> Caller {
    Caller {
        app: true,
        oid: "9f0f5a8e-0000-4000-8000-000000000001".into(),
        personnel_number: None,
        sees: Sees::Everything,
    }
}

/// A user who sees the rows of these workers; the first is the user.
pub(crate) fn user(numbers: &[&str]) -> Caller {
    Caller {
        app: false,
        oid: "9f0f5a8e-0000-4000-8000-000000000002".into(),
        personnel_number: numbers.first().map(|number| (*number).into()),
        sees: Sees::Workers(Arc::new(
            numbers.iter().map(|number| (*number).into()).collect(),
        )),
    }
}

impl Talent {
    /// Five workers under 000112.
    pub(crate) fn new() -> Self {
        let store = company();
        store.keep_as_seed();
        Self {
            store,
            page_size: 10_000,
            caller: Some(app()),
            gate: Arc::new(Open),
        }
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        self.send(Method::GET, address, &[], "").await
    }

    pub(crate) async fn patch(&self, address: &str, body: &str) -> Answer {
        self.send(
            Method::PATCH,
            address,
            &[("content-type", "application/json")],
            body,
        )
        .await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        request = request.header("host", "talent.example:7410");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(caller) = &self.caller {
            request = request.extension(caller.clone());
        }
        let request = request
            .body(Body::from(body.to_owned()))
            .expect("the request is well-formed");
        let service = OData {
            store: self.store.clone(),
            page_size: self.page_size,
            gate: self.gate.clone(),
        };
        let response = router(service)
            .oneshot(request)
            .await
            .expect("the router never fails");
        let (head, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .expect("the body is in memory")
            .to_bytes();
        let performed = head.extensions.get::<talent_sandbox::odata::Performed>();
        let performed = performed.iter().flat_map(|performed| &performed.0);
        Answer {
            performed: performed
                .map(|o| (format!("{} {}", o.method, o.path), o.status.as_u16()))
                .collect(),
            status: head.status,
            headers: head.headers,
            body: String::from_utf8(body.to_vec()).expect("the body is text"),
        }
    }
}

fn company() -> Store {
    let store = Store::new("_Custom");
    let people = [
        ("000001", "Guy", "Gilbert", "Technician", "000018", 1),
        ("000006", "Thierry", "D'Hers", "Tool Designer", "000018", 1),
        ("000018", "Jo", "Brown", "Supervisor", "000112", 1),
        ("000099", "Nina", "Pending", "Technician", "000018", 0),
        ("000112", "Ken", "Sánchez", "Chief", "", 1),
    ];
    store.write(|tables| {
        for title in ["Technician", "Tool Designer", "Supervisor", "Chief"] {
            tables
                .insert("Titles", &[("TitleId", title.into())])
                .expect("a new title");
        }
        let department = [
            ("OperatingUnitNumber", "D01".into()),
            ("Name", "Production".into()),
        ];
        tables
            .insert("DepartmentsV2", &department)
            .expect("a new department");
        for (number, first, last, title, manager, status) in people {
            let party = format!("P{number}");
            let position = |number: &str| Value::from(format!("POS{number}"));
            let worker = [
                ("PersonnelNumber", Value::from(number)),
                ("Name", format!("{first} {last}").into()),
                ("FirstName", first.into()),
                ("LastName", last.into()),
                ("TitleId", title.into()),
                ("PartyNumber", party.as_str().into()),
                ("WorkerStatus", Value::Member(status)),
                ("WorkerType", Value::Member(1)),
                ("NumberOfDependents", Value::Int(i64::from(status) * 2)),
                ("BirthDate", Value::date(jiff::civil::date(1981, 11, 12))),
            ];
            tables.insert("Workers", &worker).expect("a new worker");
            let boss = if manager.is_empty() {
                "".into()
            } else {
                position(manager)
            };
            let seat = [
                ("PositionId", position(number)),
                ("WorkerPersonnelNumber", number.into()),
                ("TitleId", title.into()),
                ("DepartmentNumber", "D01".into()),
                ("ReportsToPositionId", boss),
                ("FullTimeEquivalent", Value::Decimal(1.0)),
                ("IsPrimaryPosition", Value::Member(1)),
            ];
            tables.insert("Positions", &seat).expect("a new position");
            let employment = [
                ("PersonnelNumber", Value::from(number)),
                ("LegalEntityId", "usmf".into()),
                ("EmploymentId", format!("E{number}").into()),
                (
                    "EmploymentStartDate",
                    Value::midnight(jiff::civil::date(2008, 1, 7)),
                ),
            ];
            tables
                .insert("EmploymentsV2", &employment)
                .expect("a new employment");
            let drawn = Drawing::new(|| bytes::Bytes::from_static(b"portrait"));
            let image = [
                ("PartyNumber", party.into()),
                ("Image", Value::Drawn(drawn)),
            ];
            tables.insert("PersonImages", &image).expect("a new image");
        }
        tables
            .insert("Positions", &[("PositionId", "VACANT".into())])
            .expect("a vacant position");
    });
    store
}
