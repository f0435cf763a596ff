//! PATCH.

use http::{Method, StatusCode};

use crate::support::Talent;

const GUY: &str = "/data/Workers(PersonnelNumber='000001')";

#[tokio::test]
async fn a_patch_changes_the_sent_fields_and_the_etag() {
    let talent = Talent::new();
    let before = talent.get(GUY).await.json();
    let body = r#"{"KnownAs":"Guy","WorkerStatus":"Terminated","NumberOfDependents":3,
        "SeniorityDate":"2006-01-28T08:00:00+01:00","@odata.type":"x",
        "ObjectId":"4545ac9b-a78d-4721-b626-f0f700517eab"}"#;
    let answer = talent.patch(GUY, body).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::NO_CONTENT, "")
    );

    let after = talent.get(GUY).await.json();
    assert_eq!(after["KnownAs"], "Guy");
    assert_eq!(after["WorkerStatus"], "Terminated");
    assert_eq!(after["NumberOfDependents"], 3);
    assert_eq!(after["SeniorityDate"], "2006-01-28T07:00:00Z");
    assert_eq!(after["ObjectId"], "4545ac9b-a78d-4721-b626-f0f700517eab");
    assert_eq!(after["LastName"], before["LastName"]);
    assert_ne!(after["@odata.etag"], before["@odata.etag"]);
    let found =
        talent.get("/data/Workers?$filter=ObjectId%20eq%204545ac9b-a78d-4721-b626-f0f700517eab");
    assert_eq!(found.await.column("PersonnelNumber"), ["000001"]);
}

#[tokio::test]
async fn an_indexed_field_is_found_by_its_new_value_only() {
    let talent = Talent::new();
    let seat = "/data/Positions('POS000001')";
    talent
        .patch(seat, r#"{"WorkerPersonnelNumber":"000006"}"#)
        .await;
    let held =
        |number: &str| format!("/data/Positions?$filter=WorkerPersonnelNumber%20eq%20'{number}'");
    assert!(
        talent
            .get(&held("000001"))
            .await
            .column("PositionId")
            .is_empty()
    );
    let held = talent.get(&held("000006")).await.column("PositionId");
    assert_eq!(held, ["POS000001", "POS000006"]);
}

#[tokio::test]
async fn bad_fields_are_refused_whole() {
    let talent = Talent::new();
    let etag = talent.get(GUY).await.headers["etag"].clone();
    let cases = [
        (
            r#"{"Nothing":1}"#,
            "The property 'Nothing' does not exist on type 'Microsoft.Dynamics.DataEntities.Worker'",
        ),
        (r#"{"KnownAs":"x","NumberOfDependents":"3"}"#, "'Edm.Int32'"),
        (r#"{"NumberOfDependents":3000000000}"#, "'Edm.Int32'"),
        (r#"{"NumberOfDependents":1.5}"#, "'Edm.Int32'"),
        (r#"{"NumberOfDependents":null}"#, "'Edm.Int32'"),
        (r#"{"WorkerStatus":"Gone"}"#, "HcmWorkerStatus"),
        (r#"{"WorkerStatus":1}"#, "HcmWorkerStatus"),
        (r#"{"BirthDate":"1990-01-01"}"#, "'Edm.DateTimeOffset'"),
        (r#"{"BirthDate":null}"#, "'Edm.DateTimeOffset'"),
        (r#"{"ObjectId":"x"}"#, "'Edm.Guid'"),
        (r#"{"KnownAs":"\u0000"}"#, "'Edm.String'"),
        (
            r#"{"PersonnelNumber":"000002"}"#,
            "Infolog: Error: Field 'PersonnelNumber' cannot be changed.",
        ),
        (
            r#"{"LastName":""}"#,
            "Write failed for table row of type 'HcmWorkerEntity'. Infolog: Warning: Field 'LastName' must be filled in.",
        ),
        (
            r#"{"TitleId":"Emperor"}"#,
            "The value 'Emperor' in field 'TitleId' is not found in the related table 'Titles'.",
        ),
        ("[]", "not a JSON object"),
        ("", "not a JSON object"),
    ];
    for (body, says) in cases {
        let message = talent.patch(GUY, body).await.error(400);
        assert!(
            message.contains(says),
            "{body}: {message:?} does not say {says:?}"
        );
    }
    let after = talent.get(GUY).await;
    assert_eq!(after.headers["etag"], etag, "nothing was written");
    assert_eq!(after.json()["KnownAs"], "");
}

#[tokio::test]
async fn unknown_rows_and_sets_are_not_found() {
    let talent = Talent::new();
    let message = talent
        .patch("/data/Workers('4711')", r#"{"KnownAs":"x"}"#)
        .await
        .error(404);
    assert!(message.contains("4711"), "{message}");
    talent.patch("/data/Nobody('1')", "{}").await.error(404);
}

#[tokio::test]
async fn if_match_is_optional_and_refuses_a_stale_row() {
    let talent = Talent::new();
    let old = talent.get(GUY).await.headers["etag"]
        .to_str()
        .expect("text")
        .to_owned();
    let patch = |tag: String| {
        let talent = &talent;
        async move {
            let headers = [("if-match", tag.as_str())];
            talent
                .send(Method::PATCH, GUY, &headers, r#"{"KnownAs":"G"}"#)
                .await
        }
    };
    assert_eq!(patch(old.clone()).await.status, StatusCode::NO_CONTENT);
    let message = patch(old).await.error(412);
    assert!(message.contains("An update conflict occurred"), "{message}");
    assert_eq!(patch("*".into()).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_view_writes_the_row_it_shows() {
    let talent = Talent::new();
    let view = "/data/PositionsV2('POS000001')";
    talent
        .patch(view, r#"{"ReportsToPositionId":"POS000112"}"#)
        .await
        .error(400);
    let answer = talent.patch(view, r#"{"Description":"Lead"}"#).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
    let row = talent.get("/data/Positions('POS000001')").await.json();
    assert_eq!(row["Description"], "Lead");
}
