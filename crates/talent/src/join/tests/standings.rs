use serde_json::{Value, json};

use super::*;

/// The standing of a worker with this status and these employments `(entity, start, end)`.
fn standing(status: &str, employments: &[(&str, &str, &str)]) -> String {
    let row = |(at, (entity, start, end)): (usize, &(&str, &str, &str))| {
        json!({"PersonnelNumber": "1", "LegalEntityId": entity, "EmploymentId": at.to_string(),
               "EmploymentStartDate": start, "EmploymentEndDate": end})
    };
    let all = Rows {
        workers: rows(json!([{"PersonnelNumber": "1", "WorkerStatus": status}])),
        employments: rows(Value::from_iter(employments.iter().enumerate().map(row))),
        ..Rows::default()
    };
    let standing = all.company().standing(&all.workers[0]);
    let word = match standing {
        Standing::Pending(_) => "pending",
        Standing::Active(_) => "active",
        Standing::Ended(_) => "ended",
        Standing::Unclear(word) => return format!("unclear {word}"),
    };
    let day = |day: Option<Day>| day.map_or("-".to_owned(), |day| day.to_string());
    format!(
        "{word} {} {}",
        day(standing.span().from),
        day(standing.span().to)
    )
}

const OPEN: &str = "2154-12-31T23:59:59Z";
const EMPTY: &str = "1900-01-01T00:00:00Z";

#[test]
fn one_employment() {
    let cases = [
        (
            "Employed",
            "2008-01-28T00:00:00Z",
            OPEN,
            "active 2008-01-28 -",
        ),
        (
            "Employed",
            "2008-01-28T00:00:00Z",
            EMPTY,
            "active 2008-01-28 -",
        ),
        (
            "Employed",
            "2008-01-28T00:00:00Z",
            "2026-11-22T00:00:00Z",
            "active 2008-01-28 2026-11-22",
        ),
        (
            "Employed",
            "2008-01-28T00:00:00Z",
            "2026-12-31T23:59:59Z",
            "active 2008-01-28 2026-12-31",
        ),
        (
            "Employed",
            "2008-01-28T00:00:00Z",
            "2026-11-21T23:59:59Z",
            "ended 2008-01-28 2026-11-21",
        ),
        (
            "Employed",
            "2026-11-23T00:00:00Z",
            OPEN,
            "pending 2026-11-23 -",
        ),
        (
            "Pending",
            "2027-01-01T00:00:00Z",
            OPEN,
            "pending 2027-01-01 -",
        ),
        (
            "Terminated",
            "2008-01-28T00:00:00Z",
            "2026-06-30T00:00:00Z",
            "ended 2008-01-28 2026-06-30",
        ),
        (
            "Terminated",
            "2008-01-28T00:00:00Z",
            OPEN,
            "ended 2008-01-28 -",
        ),
        ("OnLeave", "2008-01-28T00:00:00Z", OPEN, "unclear OnLeave"),
    ];
    for (status, start, end, want) in cases {
        assert_eq!(
            standing(status, &[("usmf", start, end)]),
            want,
            "{status} {start} {end}"
        );
    }
    assert_eq!(standing("Employed", &[]), "active - -");
    assert_eq!(standing("Terminated", &[]), "ended - -");
}

#[test]
fn several_legal_entities_count_together() {
    let two = [
        ("usmf", "2010-01-01T00:00:00Z", "2026-12-31T00:00:00Z"),
        ("demf", "2012-01-01T00:00:00Z", OPEN),
    ];
    assert_eq!(standing("Employed", &two), "active 2010-01-01 -");
    let one_left = [
        ("usmf", "2010-01-01T00:00:00Z", "2020-12-31T00:00:00Z"),
        ("demf", "2012-01-01T00:00:00Z", OPEN),
    ];
    assert_eq!(standing("Employed", &one_left), "active 2012-01-01 -");
}

#[test]
fn a_rehire_counts_from_the_new_employment() {
    let old = ("usmf", "2010-01-01T00:00:00Z", "2020-12-31T00:00:00Z");
    assert_eq!(
        standing("Employed", &[old, ("usmf", "2026-01-01T00:00:00Z", OPEN)]),
        "active 2026-01-01 -"
    );
    assert_eq!(
        standing("Employed", &[old, ("usmf", "2027-01-01T00:00:00Z", OPEN)]),
        "pending 2027-01-01 -"
    );
}
