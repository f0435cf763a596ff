use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;

use super::{get, get_with, rows};
use crate::rows::{Drawing, RowKey, Store, Value};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0 a picture \xff\xd9";

fn keep(store: &Store, number: &str, image: Value) {
    let row = [
        ("PartyNumber", format!("party-{number}").into()),
        ("Image", image),
    ];
    store
        .write(|tables| tables.insert("PersonImages", &row))
        .unwrap();
}

#[tokio::test]
async fn a_picture_is_served_by_the_type_in_its_bytes() {
    let store = rows::small();
    keep(&store, "000001", Value::Bytes(Bytes::from_static(JPEG)));
    keep(
        &store,
        "000002",
        Value::Bytes(Bytes::from_static(b"\x89PNG\r\n IEND\xaeB`\x82")),
    );
    let jpeg = get(&store, "/portraits/000001").await;
    assert_eq!(
        (jpeg.header("content-type"), &jpeg.body[..]),
        ("image/jpeg", JPEG)
    );
    assert_eq!(
        get(&store, "/portraits/000002")
            .await
            .header("content-type"),
        "image/png"
    );
    assert_eq!(get(&store, "/portraits/nobody").await.status, 404);
}

#[tokio::test]
async fn initials_stand_for_no_picture_and_for_a_damaged_one() {
    let store = rows::small();
    keep(
        &store,
        "000002",
        Value::Bytes(Bytes::from_static(&JPEG[..8])),
    );
    for (number, letters) in [("000001", ">KS<"), ("000002", ">TD<")] {
        let svg = get(&store, &format!("/portraits/{number}")).await;
        assert_eq!(
            (svg.status, svg.header("content-type")),
            (200, "image/svg+xml"),
            "{number}"
        );
        assert!(svg.text().contains(letters), "{letters} in {}", svg.text());
    }
}

#[tokio::test]
async fn a_known_picture_is_not_drawn_again() {
    let store = rows::small();
    let drawn = Arc::new(AtomicUsize::new(0));
    let count = drawn.clone();
    keep(
        &store,
        "000001",
        Value::Drawn(Drawing::new(move || {
            count.fetch_add(1, Ordering::SeqCst);
            Bytes::from_static(JPEG)
        })),
    );
    let tag = get(&store, "/portraits/000001")
        .await
        .header("etag")
        .to_owned();
    let again = get_with(&store, "/portraits/000001", &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, drawn.load(Ordering::SeqCst)), (304, 1));
    let other = [("Image", Value::Bytes(Bytes::from_static(&JPEG[..8])))];
    let key = RowKey::of(&["party-000001"]);
    store
        .write(|tables| tables.update("PersonImages", &key, &other))
        .unwrap();
    let changed = get_with(&store, "/portraits/000001", &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, 200, "another picture has another tag");
}
