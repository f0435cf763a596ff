use super::{Store, get, rows};

async fn names(store: &Store, address: &str) -> Vec<String> {
    let page = get(store, address).await;
    assert_eq!(page.status, 200, "{address}");
    let text = page.text();
    let body = text.split_once("<tbody>").map_or("", |(_, rest)| rest);
    let links = body.split("<a href=\"/workers/").skip(1);
    links
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn words_find_names_numbers_titles_and_addresses() {
    let store = rows::small();
    for (words, expected) in [
        ("", &["000001", "000002", "000003"][..]),
        ("sanchez", &["000001"]),
        ("S%C3%81NCHEZ+ken", &["000001"]),
        ("d'hers", &["000002"]),
        ("D%E2%80%99Hers", &["000002"]),
        ("000003", &["000003"]),
        ("designer", &["000002", "000003"]),
        ("w000002@example", &["000002"]),
        ("sanchez+designer", &[]),
    ] {
        assert_eq!(
            names(&store, &format!("/?q={words}")).await,
            expected,
            "searching {words:?}"
        );
    }
    assert!(
        get(&store, "/?q=nobody")
            .await
            .text()
            .contains("Nobody here")
    );
}

#[tokio::test]
async fn lists_narrow_by_status_department_and_manager() {
    let store = rows::small();
    for (address, expected) in [
        ("/?status=Employed", &["000001", "000002"][..]),
        ("/?status=Terminated", &["000003"]),
        ("/?status=Unheard", &[]),
        ("/?type=Contractor", &[]),
        ("/?department=0007", &["000001", "000002", "000003"]),
        ("/?department=0008", &[]),
        ("/?reports_to=000001", &["000002"]),
        ("/?reports_to=000002", &[]),
        ("/?sort=-number&status=Employed", &["000002", "000001"]),
        ("/?sort=name", &["000001", "000003", "000002"]),
    ] {
        assert_eq!(names(&store, address).await, expected, "{address}");
    }
}

#[tokio::test]
async fn a_long_list_has_pages() {
    let store = rows::small();
    for number in 100..220 {
        let number = format!("{number:06}");
        rows::add(
            &store,
            &number,
            ("Many", "People"),
            "Designer",
            "000001",
            "Employed",
        );
    }
    assert_eq!(names(&store, "/").await.len(), 50);
    let second = get(&store, "/?q=many&page=2").await.text();
    assert!(second.contains("51–100 of 120"), "{second}");
    assert!(second.contains(r#"href="/?q=many""#), "the way back");
    assert!(
        second.contains(r#"href="/?q=many&amp;page=3""#),
        "the way on"
    );
    let last = names(&store, "/?page=99").await;
    assert_eq!(last.len(), 23, "the last page has the rest of 123");
    assert_eq!(last.last().map(String::as_str), Some("000219"));
    assert_eq!(
        names(&store, "/?page=none").await.len(),
        50,
        "a page that is no number is the first"
    );
}

#[tokio::test]
async fn the_open_list_is_marked() {
    let store = rows::small();
    let page = get(&store, "/?department=0007").await.text();
    assert!(page.contains(r#"href="/?department=0007" aria-current="page""#));
    assert_eq!(page.matches("aria-current").count(), 1);
    assert!(!get(&store, "/?q=ken").await.text().contains("aria-current"));
}
