//! Reading: rows, options, single properties, errors.

use serde_json::json;

use crate::support::Talent;

#[tokio::test]
async fn a_row_has_every_property_and_is_never_null() {
    let answer = Talent::new()
        .get("/data/Workers(PersonnelNumber='000001')")
        .await;
    let row = answer.json();
    let row = row.as_object().expect("a row is an object");
    assert_eq!(
        row.len(),
        111 + 2,
        "111 properties, the context and the etag: {row:?}"
    );
    assert!(row.values().all(|value| !value.is_null()), "{row:?}");
    assert_eq!(
        row["@odata.context"],
        "http://talent.example:7410/data/$metadata#Workers/$entity"
    );
    let expected = [
        ("PersonnelNumber", json!("000001")),
        ("Name", json!("Guy Gilbert")),
        ("MiddleName", json!("")),
        ("WorkerStatus", json!("Employed")),
        ("WorkerType", json!("Employee")),
        ("Gender", json!("None")),
        ("PrimaryContactEmailIsPrivate", json!("No")),
        ("BirthDate", json!("1981-11-12T12:00:00Z")),
        ("DeceasedDate", json!("1900-01-01T12:00:00Z")),
        ("AnniversaryDateTime", json!("1900-01-01T00:00:00Z")),
        ("SummaryValidTo", json!("2154-12-31T23:59:59Z")),
        ("NumberOfDependents", json!(2)),
        ("PrimaryAddressLocation", json!(0)),
        ("ObjectId", json!("00000000-0000-0000-0000-000000000000")),
    ];
    for (name, value) in expected {
        assert_eq!(row[name], value, "{name}");
    }
    assert_eq!(answer.headers["odata-version"], "4.0");
    let etag = row["@odata.etag"].as_str().expect("an etag is text");
    assert_eq!(answer.headers["etag"], etag);
}

#[tokio::test]
async fn the_page_selects_orders_filters_and_counts() {
    let talent = Talent::new();
    let answer = talent
        .get("/data/Workers?$select=PersonnelNumber,Name&$orderby=LastName%20desc&$top=2&$skip=1&$count=true&cross-company=true")
        .await;
    assert_eq!(answer.column("PersonnelNumber"), ["000099", "000001"]);
    let page = answer.json();
    assert_eq!(page["@odata.count"], 5);
    assert_eq!(
        page["@odata.context"],
        "http://talent.example:7410/data/$metadata#Workers(PersonnelNumber,Name)"
    );
    assert_eq!(
        page["value"][0].as_object().map(serde_json::Map::len),
        Some(3)
    );
    assert_eq!(page.get("@odata.nextLink"), None);

    let employed = "WorkerStatus%20eq%20Microsoft.Dynamics.DataEntities.HcmWorkerStatus'Employed'";
    let cases = [
        (
            employed.to_owned(),
            vec!["000001", "000006", "000018", "000112"],
        ),
        (format!("not%20({employed})"), vec!["000099"]),
        (
            "Name%20eq%20'*n*'".into(),
            vec!["000018", "000099", "000112"],
        ),
        ("LastName%20eq%20'D''Hers'".into(), vec!["000006"]),
        ("LastName%20eq%20%27S%C3%A1nchez%27".into(), vec!["000112"]),
        (
            "BirthDate%20lt%201990-01-01T12%3A00%3A00Z%20and%20TitleId%20eq%20'Chief'".into(),
            vec!["000112"],
        ),
        (
            "NumberOfDependents%20mul%202%20eq%204".into(),
            vec!["000001", "000006", "000018", "000112"],
        ),
        (
            "PersonnelNumber%20eq%20'000112'%20or%20PersonnelNumber%20eq%20'000001'".into(),
            vec!["000001", "000112"],
        ),
        ("PersonnelNumber%20eq%20'7'".into(), vec![]),
    ];
    for (filter, expected) in cases {
        let answer = talent.get(&format!("/data/Workers?$filter={filter}")).await;
        assert_eq!(answer.column("PersonnelNumber"), expected, "{filter}");
    }
    let count = talent
        .get(&format!("/data/Workers/$count?$filter={employed}"))
        .await;
    assert_eq!(count.body, "4");
}

#[tokio::test]
async fn keys_come_in_many_forms() {
    let talent = Talent::new();
    let cases = [
        "/data/Workers('000006')",
        "/Data/Workers(PersonnelNumber='000006')",
        "/data/Workers(PersonnelNumber=%27000006%27)",
        "/namespaces/8a3b4a5e-6bbf-4d45-9d2b-3b36a3a0e8d1/data/Workers%28%27000006%27%29",
    ];
    for address in cases {
        let answer = talent.get(address).await;
        assert_eq!(
            answer.json()["LastName"],
            "D'Hers",
            "{address}: {}",
            answer.body
        );
    }
    let employment =
        "/data/EmploymentsV2(EmploymentId='E000001',PersonnelNumber='000001',LegalEntityId='usmf')";
    let answer = talent.get(employment).await;
    assert_eq!(
        answer.json()["EmploymentEndDate"],
        "2154-12-31T23:59:59Z",
        "{}",
        answer.body
    );
    assert_eq!(answer.json()["EmploymentStartDate"], "2008-01-07T00:00:00Z");

    talent.store.write(|tables| {
        tables
            .insert("Titles", &[("TitleId", "D'A/C (x=1), y".into())])
            .expect("a new title");
    });
    let odd = talent
        .get("/data/Titles('D%27%27A%2FC%20%28x%3D1%29%2C%20y')")
        .await;
    assert_eq!(odd.json()["TitleId"], "D'A/C (x=1), y", "{}", odd.body);

    let name = talent.get("/data/Workers('000001')/Name").await;
    assert_eq!(name.json()["value"], "Guy Gilbert", "{}", name.body);
    let image = talent.get("/data/PersonImages('P000001')/Image").await;
    assert_eq!(image.json()["value"], "cG9ydHJhaXQ=");
}

#[tokio::test]
async fn the_first_level_expands() {
    let talent = Talent::new();
    let address = "/data/Workers('000001')?$select=Name&$expand=Positions($select=PositionId,ReportsToPositionId),Title,EmploymentV2";
    let row = talent.get(address).await.json();
    assert_eq!(row["Positions"][0]["PositionId"], "POS000001", "{row}");
    assert_eq!(row["Positions"][0]["ReportsToPositionId"], "POS000018");
    assert_eq!(
        row["Positions"][0]["FullTimeEquivalent"],
        serde_json::Value::Null
    );
    assert_eq!(row["Title"]["TitleId"], "Technician");
    assert_eq!(row["EmploymentV2"][0]["EmploymentId"], "E000001");

    let filter = "$filter=PositionId%20eq%20'VACANT'%20or%20WorkerPersonnelNumber%20eq%20'000018'";
    let page = talent
        .get(&format!(
            "/data/Positions?{filter}&$expand=Worker,Department"
        ))
        .await;
    assert_eq!(page.column("PositionId"), ["POS000018", "VACANT"]);
    let rows = page.json();
    assert_eq!(rows["value"][0]["Worker"]["LastName"], "Brown", "{rows}");
    assert_eq!(rows["value"][0]["Department"]["Name"], "Production");
    assert_eq!(rows["value"][0]["FullTimeEquivalent"], 1);
    assert!(rows["value"][1]["Worker"].is_null(), "{rows}");

    let team = talent.get("/data/Workers('000001')/Positions").await;
    assert_eq!(team.column("PositionId"), ["POS000001"]);
    let views = talent.get("/data/PositionsV2?$top=1").await.json();
    assert_eq!(
        views["value"][0].as_object().map(serde_json::Map::len),
        Some(29 + 1),
        "{views}"
    );
}

#[tokio::test]
async fn metadata_none_leaves_out_context_and_etags() {
    let talent = Talent::new();
    let by_option = "/data/Workers?$top=1&$count=true&$format=application/json;odata.metadata=none";
    let page = talent.get(by_option).await.json();
    assert_eq!(page.get("@odata.context"), None);
    assert_eq!(page["value"][0].get("@odata.etag"), None, "{page}");
    assert_eq!(page["@odata.count"], 5);
    let accept = [("accept", "application/json; odata.metadata=none")];
    let address = "/data/Workers('000001')";
    let row = talent.send(http::Method::GET, address, &accept, "").await;
    assert_eq!(
        row.json().as_object().map(serde_json::Map::len),
        Some(111),
        "{}",
        row.body
    );
    talent.get("/data/Workers?$format=xml").await.error(400);
}

#[tokio::test]
async fn what_is_wrong_is_said_in_the_inner_error() {
    let talent = Talent::new();
    let cases = [
        (
            "/data/Nobody",
            404,
            "Resource not found for the segment 'Nobody'.",
        ),
        ("/data/Workers('4711')", 404, "'4711'"),
        ("/data/Workers('000001')/Nothing", 404, "'Nothing'"),
        ("/data/Workers/Name", 404, "'Name'"),
        ("/namespaces/not-a-guid/data/Workers", 404, "not-a-guid"),
        ("/data/Workers?$select=Nothing", 400, "'Nothing'"),
        ("/data/Workers?$orderby=Nothing", 400, "'Nothing'"),
        ("/data/Workers?$expand=Nothing", 400, "'Nothing'"),
        ("/data/Workers?$expand=Positions/Worker", 400, "first level"),
        (
            "/data/Workers?$expand=Positions($expand=Worker)",
            400,
            "only '$select'",
        ),
        ("/data/Workers?$filter=Nothing%20eq%20'x'", 400, "'Nothing'"),
        (
            "/data/Workers?$filter=contains(Name,'x')",
            400,
            "'contains'",
        ),
        ("/data/Workers?$filter=Name%20in%20('x')", 400, "'in'"),
        (
            "/data/Workers?$filter=1%20div%20NumberOfDependents%20eq%201",
            400,
            "Divide by zero",
        ),
        ("/data/Workers?$top=-1", 400, "'-1'"),
        ("/data/Workers?$count=maybe", 400, "'maybe'"),
        ("/data/Workers?$apply=x", 400, "'$apply'"),
        ("/data/Workers?$top=1&$top=2", 400, "more than once"),
        ("/data/Workers('000001')?$top=1", 400, "single resource"),
        ("/data/Workers(FirstName='x')", 400, "'PersonnelNumber'"),
        ("/data/Workers(4711)", 400, "Edm.String"),
        ("/data/EmploymentsV2('000001')", 400, "needs a value"),
        ("/data/Workers('a%00b')", 400, "needs a value"),
        ("/data/Workers(%FF)", 400, "UTF-8"),
    ];
    for (address, status, says) in cases {
        let message = talent.get(address).await.error(status);
        assert!(
            message.contains(says),
            "{address}: {message:?} does not say {says:?}"
        );
    }
}
