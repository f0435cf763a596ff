use super::*;
use crate::{Kind, RefusalKind, reads};

fn root() -> Root {
    Root::new(
        Kind::FinanceOperations,
        "https://contoso.operations.dynamics.com",
    )
    .unwrap()
}

fn page(numbers: &[&str], next: Option<&str>) -> Response {
    let rows: Vec<_> = numbers
        .iter()
        .map(|number| format!(r#"{{"PersonnelNumber":"{number}"}}"#))
        .collect();
    let next = next
        .map(|link| format!(r#","@odata.nextLink":"{link}""#))
        .unwrap_or_default();
    Response::new(
        200,
        format!(r#"{{"@odata.count":5,"value":[{}]{next}}}"#, rows.join(",")),
    )
}

fn numbers(page: &Page<crate::Worker>) -> Vec<&str> {
    page.rows.iter().map(|row| &*row.personnel_number).collect()
}

#[test]
fn pages_are_followed_below_the_root_and_rows_come_once() {
    let root = root();
    let mut pages = Pages::new(&root, reads::workers());
    let first = pages.request().unwrap();
    assert_eq!(
        pages.request().unwrap(),
        first,
        "asking twice gives the same request"
    );
    let read = pages
        .read(&page(
            &["1", "2"],
            Some("https://elsewhere/data/Workers?$skip=2&$top=2"),
        ))
        .unwrap();
    assert_eq!(numbers(&read), ["1", "2"]);
    let second = pages.request().unwrap();
    assert!(
        second
            .url
            .starts_with(&format!("{}/Workers?$skip=2&$top=2&$select=", root.data())),
        "{second:?}"
    );
    let read = pages.read(&page(&["2", "3"], None)).unwrap();
    assert_eq!((numbers(&read), read.repeated), (vec!["3"], 1));
    assert_eq!(pages.request(), None);
    assert_eq!(
        (pages.received(), pages.announced()),
        (3, Some(5)),
        "a short feed can be noticed"
    );
}

#[test]
fn after_a_refusal_the_same_page_can_be_asked_again() {
    let root = root();
    let mut pages = Pages::new(&root, reads::workers());
    let before = pages.request();
    let error = pages.read(&Response::new(429, "")).unwrap_err();
    assert_eq!(error.refusal().unwrap().kind, RefusalKind::Throttled);
    assert_eq!(pages.request(), before);
    assert_eq!(pages.read(&page(&["1"], None)).unwrap().rows.len(), 1);
}

#[test]
fn a_circle_ends() {
    let root = root();
    let mut pages = Pages::new(&root, reads::workers());
    pages.read(&page(&["1"], Some("Workers?$skip=1"))).unwrap();
    let error = pages
        .read(&page(&["2"], Some("Workers?$skip=1")))
        .unwrap_err();
    assert_eq!(error, LinkError::Circle("Workers").into());
    assert!(!error.is_retryable());
}

#[test]
fn links_without_end_and_without_new_rows_end_too() {
    for row in [
        r#"{"PersonnelNumber":"1"}"#,
        r#"{"PersonnelNumber":"1","Name":5}"#,
        "{}",
        "",
    ] {
        let root = root();
        let mut pages = Pages::new(&root, reads::workers());
        let end = (1..50).find_map(|skip| {
            let body = format!(r#"{{"value":[{row}],"@odata.nextLink":"Workers?$skip={skip}"}}"#);
            pages.read(&Response::new(200, body)).err()
        });
        assert_eq!(end, Some(LinkError::Circle("Workers").into()), "{row}");
    }
}
