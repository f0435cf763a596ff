use proptest::prelude::*;

use super::*;
use crate::rows::{FieldsShape, Plain};
use crate::{CustomField, Edm, Employment, FieldValue, Moment, Worker, WorkerStatus, WorkerType};

fn workers(body: &str) -> Result<Page<Worker>, TalentError> {
    read(&Plain::<Worker>::new(), &Response::new(200, body)).map(|(page, _)| page)
}

#[test]
fn a_worker_as_talent_sends_one() {
    let body = r#"{"@odata.context":"https://x/data/$metadata#Workers","@odata.count":1,"value":[{
        "@odata.etag":"W/\"JzEsNjg3MTk0NzY3MzYn\"","PersonnelNumber":"000001","Name":"Jodi Christiansen",
        "FirstName":"Jodi","LastName":"Christiansen","PrimaryContactEmail":"jodi@contoso.com",
        "PrimaryContactPhone":"","TitleId":"Compensation & Benefits Cons.","PartyNumber":"000000032",
        "ObjectId":"4545AC9B-a78d-4721-b626-f0f700517eab","WorkerStatus":"Employed","WorkerType":"Seasonal"}]}"#;
    let page = workers(body).unwrap();
    assert_eq!(page.count, Some(1));
    let worker = &page.rows[0];
    assert_eq!(&*worker.personnel_number, "000001");
    assert_eq!(worker.primary_contact_phone, None);
    assert_eq!(
        worker.object_id.unwrap().to_string(),
        "4545ac9b-a78d-4721-b626-f0f700517eab"
    );
    assert_eq!(worker.worker_status, WorkerStatus::Employed);
    assert_eq!(worker.worker_type, WorkerType::Other("Seasonal".into()));
}

#[test]
fn no_object_id_is_all_zeros() {
    let body =
        r#"{"value":[{"PersonnelNumber":"1","ObjectId":"00000000-0000-0000-0000-000000000000"}]}"#;
    assert_eq!(workers(body).unwrap().rows[0].object_id, None);
}

#[test]
fn one_bad_row_does_not_cost_the_page() {
    let body = r#"{"value":[
        {"PersonnelNumber":"000001","Name":"Ken"},
        {"PersonnelNumber":"000002","Name":{"first":"Secret"}},
        {"PersonnelNumber":"","Name":"Secret"},
        {"Name":"Secret"},
        "Secret",
        {"PersonnelNumber":"000003","ObjectId":"Secret"},
        {"PersonnelNumber":"000004","Name":1,"TitleId":2},
        {"PersonnelNumber":"000005","Name":null}]}"#;
    let page = workers(body).unwrap();
    let numbers: Vec<_> = page.rows.iter().map(|row| &*row.personnel_number).collect();
    assert_eq!(numbers, ["000001", "000005"]);
    let skipped: Vec<_> = page
        .skipped
        .iter()
        .map(|row| (row.index, row.key.as_deref(), &*row.reason))
        .collect();
    assert_eq!(
        skipped,
        [
            (1, Some("000002"), "Name cannot be read: it holds an object"),
            (2, None, "PersonnelNumber is missing or empty"),
            (3, None, "PersonnelNumber is missing or empty"),
            (4, None, "the row is not an object"),
            (
                5,
                Some("000003"),
                "ObjectId cannot be read: it holds text of another form"
            ),
            (
                6,
                Some("000004"),
                "more than one property cannot be read, or one is missing"
            ),
        ]
    );
    assert!(!format!("{:?}", page.skipped).contains("Secret"));
}

#[test]
fn dates_of_an_employment() {
    let body = r#"{"value":[{"PersonnelNumber":"1","LegalEntityId":"usmf","EmploymentId":"7",
        "EmploymentStartDate":"2008-01-28T00:00:00Z","EmploymentEndDate":"2154-12-31T23:59:59Z",
        "WorkerType":"Employee"},
        {"PersonnelNumber":"1","LegalEntityId":"usmf","EmploymentId":"8","EmploymentStartDate":"soon"}]}"#;
    let (page, _) = read(&Plain::<Employment>::new(), &Response::new(200, body)).unwrap();
    assert_eq!(
        page.rows[0].employment_start_date,
        "2008-01-28".parse::<Moment>().unwrap()
    );
    assert!(page.rows[0].employment_end_date.is_open());
    assert_eq!(page.skipped[0].key.as_deref(), Some("1,usmf,8"));
}

#[test]
fn custom_fields_by_their_configured_names() {
    let field = |name: &str| CustomField {
        name: name.into(),
        edm: Edm::Int32,
    };
    let shape = FieldsShape([field("EloopsCoins_Custom"), field("EloopsUploads_Custom")].into());
    let body = r#"{"value":[
        {"PersonnelNumber":"1","EloopsUploads_Custom":4,"EloopsCoins_Custom":120},
        {"PersonnelNumber":"2","EloopsUploads_Custom":null,"EloopsCoins_Custom":3.5},
        {"PersonnelNumber":"3","EloopsCoins_Custom":1}]}"#;
    let (page, _) = read(&shape, &Response::new(200, body)).unwrap();
    assert_eq!(
        &*page.rows[0].values,
        [FieldValue::Whole(120), FieldValue::Whole(4)]
    );
    assert_eq!(
        &*page.rows[1].values,
        [FieldValue::Other("3.5".into()), FieldValue::Empty]
    );
    assert_eq!(
        page.skipped.len(),
        1,
        "a field that did not come is no zero: {page:?}"
    );
}

#[test]
fn an_answer_that_is_cut_short_may_be_asked_for_again() {
    let error = workers(r#"{"value":[{"PersonnelNumber":"000001","Name":"Secr"#).unwrap_err();
    assert!(
        error.is_retryable() && !error.to_string().contains("Secr"),
        "{error}"
    );
    assert!(error.to_string().contains("ends too early"), "{error}");
    for body in ["", "<html>", "[]", r#"{"items":[]}"#, r#"{"value":{}}"#] {
        assert!(workers(body).is_err(), "{body}");
    }
    let one = read_one::<Worker>(&Response::new(200, r#"{"PersonnelNumber":"1","Name":[]}"#))
        .unwrap_err();
    assert!(
        one.to_string()
            .contains("Name cannot be read: it holds a list"),
        "{one}"
    );
    assert!(
        read_one::<Worker>(&Response::new(404, ""))
            .unwrap_err()
            .is_not_found()
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(status in 190u16..310, body: Vec<u8>) {
        let response = Response::new(status, body);
        let _ = read(&Plain::<Worker>::new(), &response);
        let _ = read_one::<Worker>(&response);
    }

    #[test]
    fn any_rows_are_read_or_skipped(rows in proptest::collection::vec(row(), 0..8)) {
        let body = format!(r#"{{"value":[{}]}}"#, rows.join(","));
        let page = workers(&body).unwrap();
        prop_assert_eq!(page.rows.len() + page.skipped.len(), rows.len());
    }

    #[test]
    fn any_cut_is_noticed(at in 0usize..70) {
        let body = r#"{"value":[{"PersonnelNumber":"1","Name":"Ken"},{"PersonnelNumber":"2"}]}"#;
        prop_assume!(at < body.len());
        prop_assert!(workers(&body[..at]).is_err());
    }
}

/// JSON of one row, with members of any kind.
fn row() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
        any::<f64>().prop_map(|number| serde_json::Value::from(number).to_string()),
        Just("null".to_owned()),
        Just("[{}]".to_owned()),
        Just("true".to_owned()),
    ];
    let name = prop_oneof![
        "PersonnelNumber",
        "Name",
        "ObjectId",
        "WorkerStatus",
        "[A-Za-z@.]{1,8}"
    ];
    proptest::collection::vec((name, value), 0..6).prop_map(|members| {
        let members: Vec<_> = members
            .into_iter()
            .map(|(name, value)| format!("\"{name}\":{value}"))
            .collect();
        format!("{{{}}}", members.join(","))
    })
}
