use super::{get, rows};
use crate::rows::{RowKey, Value};

/// The text of the value that carries `data-field`, without its markup; none when there is none.
fn shown(page: &str, field: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!(r#"<dd data-field="{field}">"#))?;
    let (value, _) = rest.split_once("</dd>").unwrap();
    let pieces = value
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    Some(pieces.collect())
}

#[tokio::test]
async fn the_record_is_shown_with_its_line() {
    let page = get(&rows::small(), "/workers/000002").await.text();
    for (field, value) in [
        ("PersonnelNumber", "000002"),
        ("FirstName", "Terri"),
        ("MiddleName", "–"),
        ("LastName", "D'Hers"),
        ("TitleId", "Designer"),
        ("PrimaryContactEmail", "w000002@example.com"),
        ("PrimaryContactPhone", "–"),
        ("WorkerStatus", "Employed"),
        ("WorkerType", "Employee"),
        ("LegalEntityId", "usmf"),
        ("EmploymentStartDate", "1 Apr 2019"),
        ("EmploymentEndDate", "Never"),
        ("OriginalHireDateTime", "–"),
        ("DepartmentName", "Design"),
        ("ReportsTo", "Ken SánchezChief"),
        ("DirectReports", "0"),
    ] {
        assert_eq!(shown(&page, field).as_deref(), Some(value), "{field}");
    }
    assert!(
        page.contains(r#"href="/workers/000001""#),
        "the way to the manager"
    );
    assert!(page.contains(r#"src="http://localhost:7400/frame/?worker=000002" title="Eloops""#));
    assert!(!page.contains("sandbox="), "the frame is not sandboxed");
    let manager = get(&rows::small(), "/workers/000001").await.text();
    assert_eq!(shown(&manager, "ReportsTo").as_deref(), Some("–"));
    assert_eq!(
        shown(&manager, "DirectReports").as_deref(),
        Some("1"),
        "who left does not count"
    );
}

#[tokio::test]
async fn what_is_nobodys_business_is_not_shown() {
    let page = get(&rows::small(), "/workers/000001").await.text();
    for private in [
        "1971",
        "14 Mar",
        "NonSpecific",
        "Widowed",
        "BirthDate",
        "Gender",
        "Marital",
    ] {
        assert!(!page.contains(private), "{private} is on the form");
    }
}

#[tokio::test]
async fn a_custom_field_is_shown_once_it_is_enabled() {
    let store = rows::small();
    let key = RowKey::of(&["000001"]);
    let write = |coins| {
        let fields = [("EloopsCoins_Custom", Value::Int(coins))];
        store
            .write(|tables| tables.update("Workers", &key, &fields))
            .unwrap();
    };
    write(1250);
    assert_eq!(
        shown(&get(&store, "/workers/000001").await.text(), "EloopsCoins"),
        None
    );
    store.enable_custom_field("EloopsCoins", true).unwrap();
    let page = get(&store, "/workers/000001").await.text();
    assert_eq!(shown(&page, "EloopsCoins").as_deref(), Some("1250"));
    assert!(page.contains("<dt>Eloops coins</dt>"));
    write(-3);
    let page = get(&store, "/workers/000001").await.text();
    assert_eq!(shown(&page, "EloopsCoins").as_deref(), Some("-3"));
    let other = get(&store, "/workers/000002").await.text();
    assert_eq!(
        shown(&other, "EloopsCoins").as_deref(),
        Some("0"),
        "nothing entered is 0"
    );
}

#[tokio::test]
async fn a_line_may_be_broken() {
    let store = rows::small();
    let vacant = [
        ("PositionId", "P-vacant".into()),
        ("ReportsToPositionId", "P000001".into()),
    ];
    store
        .write(|tables| tables.insert("Positions", &vacant))
        .unwrap();
    let change = |above: &str| {
        let fields = [("ReportsToPositionId", above.into())];
        let key = RowKey::of(&["P000002"]);
        store
            .write(|tables| tables.update("Positions", &key, &fields))
            .unwrap();
    };
    change("P-vacant");
    let page = get(&store, "/workers/000002").await.text();
    assert_eq!(
        shown(&page, "ReportsTo").as_deref(),
        Some("Vacant position P-vacant")
    );
    change("P000002");
    let page = get(&store, "/workers/000002").await.text();
    assert_eq!(
        shown(&page, "ReportsTo").as_deref(),
        Some("Terri D'HersDesigner")
    );
    assert_eq!(
        shown(&page, "DirectReports").as_deref(),
        Some("0"),
        "nobody reports to oneself"
    );
}

#[tokio::test]
async fn hostile_values_stay_text() {
    let store = rows::small();
    let number = r#"../"><b>"#;
    let evil = r#"<script>alert("x")</script>"#;
    rows::add(
        &store,
        number,
        (evil, "'\" onload=\"x"),
        "<i>Title</i>",
        "000001",
        "Employed",
    );
    let form = format!("/workers/{}", super::encoded(number));
    for address in [
        form.as_str(),
        "/",
        "/?q=%3Cscript%3E",
        "/workers/%22%3E%3Cscript%3E",
    ] {
        let page = get(&store, address).await.text();
        for markup in ["<script", "<i>Title", "\"><b>", "\" onload"] {
            assert!(!page.contains(markup), "{markup} on {address}");
        }
    }
    assert!(
        get(&store, &form)
            .await
            .text()
            .contains("frame/?worker=..%2F%22%3E%3Cb%3E\"")
    );
}

#[tokio::test]
async fn neighbours_follow_the_numbers() {
    let store = rows::small();
    let page = get(&store, "/workers/000002").await.text();
    for (words, number) in [("Previous", "000001"), ("Next", "000003")] {
        let link = page
            .split("<a href=\"")
            .find(|link| link.contains(&format!("<span>{words}</span>")));
        let link = link.unwrap_or_else(|| panic!("expected the command {words}"));
        assert!(
            link.starts_with(&format!("/workers/{number}")),
            "{words} leads to {link}"
        );
    }
    assert!(
        !get(&store, "/workers/000001")
            .await
            .text()
            .contains("<span>Previous</span>")
    );
    assert!(
        !get(&store, "/workers/000003")
            .await
            .text()
            .contains("<span>Next</span>")
    );
}
