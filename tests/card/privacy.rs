use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake::{Page, answer, call, get, options, problem, until, whole, with_token};

const VISIBILITY: &str = "/api/v1/me/visibility";

fn own(name: &str) -> Page {
    whole(name, "1", 30, &[]);
    let member = r#"{"id":"m1","worker_number":"1","name":"Guy Gilbert","status":"active"}"#;
    let me = format!(r#"{{"member":{member},"roles":[],"is_manager":false}}"#);
    answer(name, "GET /api/v1/me", 200, &me);
    Page::with(name, |api| with_token(options(api, "{}"), "t"))
}

fn view(id: &str, name: &str) -> String {
    format!(
        r#"{{"id":"{id}","viewer_name":"{name}","viewer_number":"7","viewer_as":"manager","looked_at":"profile","first_at":"2026-11-21T08:00:00Z","last_at":"2026-11-21T08:10:00Z"}}"#
    )
}

#[wasm_bindgen_test]
async fn nothing_is_asked_until_it_is_opened() {
    let page = own("quiet");
    page.wait_for("[data-act=privacy]").await;
    assert!(page.calls(&["GET ", VISIBILITY].concat()).is_empty());
    assert!(page.calls("GET /api/v1/me/views").is_empty());

    answer(
        "quiet",
        &["GET ", VISIBILITY].concat(),
        200,
        r#"{"balance_to_line":true}"#,
    );
    let page_one = format!(
        r#"{{"items":[{}],"next_cursor":"a b"}}"#,
        view("1", "<i>David</i>")
    );
    answer("quiet", "GET /api/v1/me/views", 200, &page_one);
    page.click("[data-act=privacy]").await;
    page.wait_for("[role=switch][aria-checked=true]").await;
    page.wait_for_text("<i>David</i>").await;
    answer(
        "quiet",
        "GET /api/v1/me/views",
        200,
        &format!(r#"{{"items":[{}],"next_cursor":null}}"#, view("2", "Mary")),
    );
    page.click("[data-act=more-views]").await;
    page.wait_for_text("Mary").await;
    let asked = page.calls("GET /api/v1/me/views");
    let queries: Vec<_> = asked
        .iter()
        .map(|call| get(call, "query").as_string())
        .collect();
    assert_eq!(
        queries,
        [
            Some("?limit=20".into()),
            Some("?limit=20&cursor=a%20b".into())
        ]
    );
    assert!(page.find("[data-act=more-views]").is_none());
    assert_eq!(
        page.shadow()
            .query_selector_all(".looks li")
            .expect("a list")
            .length(),
        2
    );
    page.close();
}

#[wasm_bindgen_test]
async fn a_choice_is_shown_at_once_saved_and_taken_back_when_it_fails() {
    let put = ["PUT ", VISIBILITY].concat();
    let page = own("choice");
    answer(
        "choice",
        &["GET ", VISIBILITY].concat(),
        200,
        r#"{"balance_to_line":true}"#,
    );
    answer(
        "choice",
        "GET /api/v1/me/views",
        200,
        r#"{"items":[],"next_cursor":null}"#,
    );
    answer("choice", &put, 200, r#"{"balance_to_line":false}"#);
    page.click("[data-act=privacy]").await;
    page.wait_for_text("Nobody else has looked").await;
    call("hold", &["https://choice.test".into(), put.as_str().into()]);
    page.click("[role=switch]").await;
    page.wait_for("[role=switch][aria-checked=false][aria-disabled]")
        .await;
    page.click("[role=switch]").await;
    until("the choice", || page.calls(&put).len() == 1).await;
    call(
        "release",
        &["https://choice.test".into(), put.as_str().into()],
    );
    page.wait_for_text("Your managers no longer see your coins.")
        .await;
    let sent = page.calls(&put);
    assert_eq!(sent.len(), 1, "one at a time");
    assert_eq!(
        get(&sent[0], "body").as_string().as_deref(),
        Some(r#"{"balance_to_line":false}"#)
    );

    answer("choice", &put, 503, &problem(503, "unavailable"));
    page.click("[role=switch]:not([aria-disabled])").await;
    page.wait_for("[role=alert]").await;
    page.wait_for("[role=switch][aria-checked=false]").await;
    page.close();
}
