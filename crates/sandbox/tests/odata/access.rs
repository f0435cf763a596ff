//! Who may read and write what; and no scripts of other origins.

use http::Method;

use crate::support::{Talent, user};

#[tokio::test]
async fn without_a_caller_there_is_401() {
    let talent = Talent {
        caller: None,
        ..Talent::new()
    };
    let answer = talent.get("/data/Workers").await;
    answer.error(401);
    assert_eq!(answer.headers["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn a_user_reads_only_the_rows_of_visible_workers() {
    let talent = Talent {
        caller: Some(user(&["000018", "000001"])),
        ..Talent::new()
    };
    let cases = [
        (
            "/data/Workers?$count=true",
            "PersonnelNumber",
            vec!["000001", "000018"],
        ),
        (
            "/data/Workers?$orderby=Name",
            "PersonnelNumber",
            vec!["000001", "000018"],
        ),
        (
            "/data/Workers?$filter=PersonnelNumber%20eq%20'000112'",
            "PersonnelNumber",
            vec![],
        ),
        (
            "/data/Positions",
            "PositionId",
            vec!["POS000001", "POS000018", "VACANT"],
        ),
        (
            "/data/EmploymentsV2",
            "EmploymentId",
            vec!["E000001", "E000018"],
        ),
        (
            "/data/PersonImages?$select=PartyNumber",
            "PartyNumber",
            vec!["P000001", "P000018"],
        ),
        (
            "/data/Titles?$filter=TitleId%20eq%20'Chief'",
            "TitleId",
            vec!["Chief"],
        ),
    ];
    for (address, property, expected) in cases {
        assert_eq!(
            talent.get(address).await.column(property),
            expected,
            "{address}"
        );
    }
    assert_eq!(
        talent.get("/data/Workers?$count=true").await.json()["@odata.count"],
        2
    );
    assert_eq!(talent.get("/data/Workers/$count").await.body, "2");

    let hidden = talent.get("/data/Workers('000112')").await.error(404);
    let absent = talent.get("/data/Workers('000113')").await.error(404);
    assert_eq!(
        hidden.replace("000112", "000113"),
        absent,
        "a hidden row looks like no row"
    );
    talent
        .get("/data/PersonImages('P000112')/Image")
        .await
        .error(404);
    talent
        .get("/data/Positions('POS000112')/Worker")
        .await
        .error(404);
    let expanded = talent
        .get("/data/Positions('POS000001')?$expand=Worker")
        .await
        .json();
    assert_eq!(expanded["Worker"]["PersonnelNumber"], "000001");
}

#[tokio::test]
async fn a_user_does_not_write() {
    let talent = Talent {
        caller: Some(user(&["000001"])),
        ..Talent::new()
    };
    let message = talent
        .patch("/data/Workers('000001')", r#"{"KnownAs":"G"}"#)
        .await
        .error(403);
    assert!(message.contains("Access denied"), "{message}");
    let hidden = talent
        .patch("/data/Workers('000112')", "{}")
        .await
        .error(403);
    assert_eq!(
        message, hidden,
        "a refusal does not say whether the row exists"
    );
    assert_eq!(
        talent.get("/data/Workers('000001')/KnownAs").await.json()["value"],
        ""
    );
}

#[tokio::test]
async fn there_is_no_cors_and_no_other_method() {
    let talent = Talent::new();
    let origin = [
        ("origin", "http://localhost:7400"),
        ("access-control-request-method", "GET"),
    ];
    let preflight = talent
        .send(Method::OPTIONS, "/data/Workers", &origin, "")
        .await;
    preflight.error(405);
    let read = talent.send(Method::GET, "/data/Workers", &origin, "").await;
    for answer in [&preflight, &read] {
        let mut names = answer.headers.keys().map(http::HeaderName::as_str);
        let found = names.find(|name| name.starts_with("access-control-"));
        assert_eq!(found, None, "{:?}", answer.headers);
    }
    for (method, address) in [
        (Method::POST, "/data/Workers"),
        (Method::DELETE, "/data/Workers('000001')"),
        (Method::PUT, "/data/Workers('000001')"),
        (Method::PATCH, "/data/Workers"),
        (Method::GET, "/data/$batch"),
    ] {
        let answer = talent.send(method.clone(), address, &[], "{}").await;
        let message = answer.error(405);
        assert!(message.contains(method.as_str()), "{message}");
        assert!(answer.headers.contains_key("allow"), "{method} {address}");
    }
}
