use eloops_card::browser::{destroy, update};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake::{Page, answer_with, call, options, turn, until, whole, with_token};

fn count(name: &str) -> i32 {
    call("count", &[name.into()]).as_f64().expect("a number") as i32
}

#[wasm_bindgen_test]
async fn destroy_leaves_nothing_behind() {
    whole("gone", "7", 1, &["Lake"]);
    answer_with(
        "gone",
        "GET /api/v1/uploads/u0/thumbnail",
        200,
        "picture",
        r#"{"Content-Type":"image/png"}"#,
    );
    let (listeners, pictures) = (count("listeners"), count("pictures"));
    let page = Page::of("gone", "7");
    page.wait_for(".tile img").await;
    assert!(
        count("listeners") > listeners && count("pictures") > pictures,
        "the card took something"
    );
    let before = call("arrived", &[page.api.as_str().into()]).as_f64();
    destroy(page.card);
    destroy(page.card);
    assert_eq!(page.element.child_nodes().length(), 0, "no node is left");
    assert_eq!(
        (count("listeners"), count("pictures")),
        (listeners, pictures),
        "listeners and pictures are given back"
    );
    call("focus", &[]);
    turn().await;
    assert_eq!(
        call("arrived", &[page.api.as_str().into()]).as_f64(),
        before,
        "nothing is asked any more"
    );
    page.element.remove();
}

#[wasm_bindgen_test]
async fn destroy_while_requests_are_under_way() {
    whole("early", "7", 1, &[]);
    for route in [
        "GET /api/v1/talent/workers/7",
        "GET /api/v1/workers/7/activity",
    ] {
        call("hold", &["https://early.test".into(), route.into()]);
    }
    let page = Page::of("early", "7");
    until("a request", || {
        !page.calls("GET /api/v1/workers/7/activity").is_empty()
    })
    .await;
    destroy(page.card);
    turn().await;
    assert_eq!(page.element.child_nodes().length(), 0);
    page.element.remove();
}

#[wasm_bindgen_test]
async fn two_cards_are_two() {
    whole("one", "7", 1, &[]);
    whole("two", "7", 2, &[]);
    let (one, two) = (Page::of("one", "7"), Page::of("two", "7"));
    assert_eq!(
        one.wait_for("[data-testid=coins]")
            .await
            .text_content()
            .as_deref(),
        Some("1")
    );
    assert_eq!(
        two.wait_for("[data-testid=coins]")
            .await
            .text_content()
            .as_deref(),
        Some("2")
    );
    one.close();
    two.click("[data-act=refresh]").await;
    until("the other's refresh", || {
        two.calls("GET /api/v1/workers/7/activity").len() == 2
    })
    .await;
    two.close();
}

#[wasm_bindgen_test]
async fn update_changes_worker_language_and_theme() {
    whole("update", "7", 1, &[]);
    whole("update", "8", 8, &[]);
    let page = Page::with("update", |api| {
        with_token(options(api, r#"{"worker":"7","theme":"light"}"#), "t")
    });
    page.wait_for("[data-testid=coins]").await;
    let host = page
        .element
        .first_element_child()
        .expect("the card's element");
    assert_eq!(host.get_attribute("data-theme").as_deref(), Some("light"));

    let change = |name: &str, value: JsValue| {
        let given = js_sys::Object::new();
        Reflect::set(&given, &name.into(), &value).expect("an object");
        update(page.card, &given.into());
    };
    change("theme", "dark".into());
    assert_eq!(host.get_attribute("data-theme").as_deref(), Some("dark"));
    change("locale", "he-IL".into());
    page.wait_for("[dir=rtl]").await;
    page.wait_for_text("מטבעות").await;
    assert_eq!(host.get_attribute("lang").as_deref(), Some("he"));
    assert_eq!(
        page.calls("GET /api/v1/workers/7/activity").len(),
        1,
        "a language is no reason to ask again"
    );
    change("worker", "8".into());
    until("the other worker", || {
        page.find("[data-testid=coins]")
            .and_then(|coins| coins.text_content())
            .as_deref()
            == Some("8")
    })
    .await;
    assert_eq!(page.calls("POST /auth/claim").len(), 0);
    page.close();
}
