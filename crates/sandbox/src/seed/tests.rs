use std::path::Path;

use super::*;
use crate::{CompanySource, company, people::People, rows::RowKey};

fn loaded(source: &CompanySource) -> Store {
    let store = Store::new("_Custom");
    let now = "2026-11-22T08:00:00Z".parse().unwrap();
    enter(&store, company::open(source, 1).unwrap(), now).unwrap();
    store
}

fn adventure_works() -> Store {
    let folder = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../data/adventure-works"
    ));
    loaded(&CompanySource::Folder(folder.to_path_buf()))
}

#[test]
fn adventure_works_is_entered_whole() {
    adventure_works().read(|tables| {
        let count = |set| tables.records(set).count();
        let expected = [
            ("Workers", 290),
            ("Positions", 290),
            ("EmploymentsV2", 290),
            ("DepartmentsV2", 16),
            ("Titles", 67),
            ("PersonImages", 276),
            ("PositionHierarchies", 289),
        ];
        for (set, rows) in expected {
            assert_eq!(count(set), rows, "rows of {set}");
        }
        let worker = tables.get("Workers", &RowKey::of(&["000112"])).unwrap();
        assert_eq!(worker.text("Name"), "Ken J Sánchez");
        assert_eq!(worker.member("WorkerStatus"), "Employed");
        let position = tables.get("Positions", &RowKey::of(&["P000001"])).unwrap();
        assert_eq!(position.text("ReportsToPositionId"), "P000018");
        let birth = tables
            .get("Workers", &RowKey::of(&["000001"]))
            .unwrap()
            .time("BirthDate");
        assert_eq!(birth.unwrap().to_string(), "1981-11-12T12:00:00Z");
    });
}

#[test]
fn portraits_are_there_but_not_for_everybody() {
    adventure_works().read(|tables| {
        let image = |number: &str| {
            let worker = tables.get("Workers", &RowKey::of(&[number])).unwrap();
            let party = worker.text("PartyNumber").to_owned();
            let image = tables.get("PersonImages", &RowKey::of(&[&party]))?;
            image.value("Image")?.as_bytes()
        };
        assert!(image("000001").is_some_and(|bytes| bytes.len() > 5_000));
        // The twentieth worker; two personnel numbers before it are not in use.
        assert_eq!(image("000022"), None);
    });
}

#[test]
fn made_up_companies_have_every_status() {
    loaded(&CompanySource::MadeUp(60)).read(|tables| {
        let statuses: Vec<_> = tables
            .records("Workers")
            .map(|w| w.member("WorkerStatus"))
            .collect();
        for status in ["Pending", "Employed", "Terminated"] {
            assert!(
                statuses.contains(&status),
                "expected a worker who is {status}"
            );
        }
    });
}

#[test]
fn a_manager_sees_the_whole_line() {
    let people = People::new(adventure_works(), "adventure-works.com");
    assert_eq!(people.line_of("000112").len(), 290);
    assert_eq!(people.line_of("000023").len(), 201);
    assert_eq!(people.line_of("000014").len(), 14);
    assert_eq!(people.line_of("000001").len(), 1);
}
