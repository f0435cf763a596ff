//! The rows as the company loader and the controls use them.

use talent_sandbox::rows::{Leniency, RowError, RowKey, Value, parse_fields};

use crate::support::Talent;

#[test]
fn controls_write_hidden_fields_days_and_unchecked_values() {
    let store = Talent::new().store;
    let number = talent_sandbox::schema::CustomFieldType::Number;
    store
        .create_custom_field("Coins", number, "", false)
        .expect("a new field");
    let body = serde_json::json!({
        "Coins_Custom": 5, "BirthDate": "1990-05-01", "SummaryValidTo": "2026-12-31",
        "TitleId": "Emperor", "NumberOfDependents": null,
    });
    let body = body.as_object().expect("an object");
    let key = RowKey::of(&["000001"]);
    store.write(|tables| {
        let entity = tables.entity("Workers").expect("there are workers");
        let fields = parse_fields(tables, entity, body, Leniency::Controls).expect("they fit");
        tables
            .update("Workers", &key, &fields)
            .expect("the worker exists");
        let worker = tables.get("Workers", &key).expect("the worker exists");
        assert_eq!(worker.int("Coins_Custom"), Some(5));
        assert_eq!(worker.int("NumberOfDependents"), Some(0));
        assert_eq!(worker.text("TitleId"), "Emperor");
        assert_eq!(worker.member("WorkerStatus"), "Employed");
        let time = |property| worker.time(property).map(|time| time.to_string());
        assert_eq!(time("BirthDate").as_deref(), Some("1990-05-01T12:00:00Z"));
        assert_eq!(
            time("SummaryValidTo").as_deref(),
            Some("2026-12-31T00:00:00Z")
        );
    });
}

#[test]
fn the_seed_comes_back_with_its_indexes() {
    let store = Talent::new().store;
    let key = RowKey::of(&["POS000001"]);
    let holders = |number: &str| {
        store.read(|tables| {
            let found = tables.find("Positions", "WorkerPersonnelNumber", &number.into());
            found
                .iter()
                .map(|r| r.text("PositionId").to_owned())
                .collect::<Vec<_>>()
        })
    };
    store.write(|tables| {
        let fields = [("WorkerPersonnelNumber", Value::from("000006"))];
        tables
            .update("Positions", &key, &fields)
            .expect("the position exists");
        tables
            .remove("Positions", &RowKey::of(&["VACANT"]))
            .expect("it exists");
        tables
            .insert("Titles", &[("TitleId", "Aide".into())])
            .expect("a new title");
    });
    assert_eq!(holders("000006"), ["POS000001", "POS000006"]);
    assert_eq!(holders("000001"), [] as [&str; 0]);
    assert_eq!(store.read(|tables| tables.records("Positions").count()), 5);
    store.reset();
    assert_eq!(holders("000001"), ["POS000001"]);
    assert_eq!(holders("000006"), ["POS000006"]);
    assert_eq!(store.read(|tables| tables.records("Positions").count()), 6);
    assert_eq!(store.read(|tables| tables.records("Titles").count()), 4);
}

#[test]
fn rows_stay_in_key_order_whatever_the_order_of_arrival() {
    let store = Talent::new().store;
    store.write(|tables| {
        for title in ["M", "A", "Z", "Supervisor 2"] {
            tables
                .insert("Titles", &[("TitleId", title.into())])
                .expect("a new title");
        }
        let taken = tables.insert("Titles", &[("TitleId", "A".into())]);
        assert_eq!(taken, Err(RowError::Exists("'A'".into())));
        let titles: Vec<&str> = tables
            .records("Titles")
            .map(|r| r.text("TitleId"))
            .collect();
        let mut sorted = titles.clone();
        sorted.sort_unstable();
        assert_eq!(titles, sorted);
        assert_eq!(titles.len(), 8);
    });
}

#[test]
fn composite_keys_sort_by_their_parts() {
    let mut keys = [
        RowKey::new(&[Value::from("A!"), Value::Time(0)]),
        RowKey::new(&[Value::from("A"), Value::Time(5)]),
        RowKey::new(&[Value::from("A"), Value::Time(-5)]),
        RowKey::new(&[Value::from("A"), Value::Time(40)]),
    ];
    let expected = [
        keys[2].clone(),
        keys[1].clone(),
        keys[3].clone(),
        keys[0].clone(),
    ];
    keys.sort();
    assert_eq!(keys, expected);
}
