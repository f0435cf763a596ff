use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake::{Page, answer, call, get, problem, until, whole, worker};

#[wasm_bindgen_test]
async fn loading_then_both_halves_that_were_asked_for_at_once() {
    whole("loading", "7", 120, &["Lake"]);
    let talent = "GET /api/v1/talent/workers/7";
    call("hold", &["https://loading.test".into(), talent.into()]);
    call(
        "hold",
        &[
            "https://loading.test".into(),
            "GET /api/v1/workers/7/activity".into(),
        ],
    );
    let page = Page::of("loading", "7");
    assert!(page.find(".skeleton").is_some(), "shapes at once");
    until("both requests under way", || {
        !page.calls(talent).is_empty() && !page.calls("GET /api/v1/workers/7/activity").is_empty()
    })
    .await;
    assert!(page.find("[data-state=loading]").is_some());
    call("release", &["https://loading.test".into(), talent.into()]);
    page.wait_for_text("Kevin Brown").await;
    assert!(page.find("[data-testid=coins]").is_none());
    call(
        "release",
        &[
            "https://loading.test".into(),
            "GET /api/v1/workers/7/activity".into(),
        ],
    );
    let coins = page.wait_for("[data-testid=coins]").await;
    assert_eq!(coins.text_content().as_deref(), Some("120"));
    page.wait_for_text("Lake").await;
    page.close();
}

#[wasm_bindgen_test]
async fn every_failure_has_its_state() {
    let cases = [
        (
            "f404",
            404,
            "not_found",
            "not-allowed",
            "You can’t see this person here, or there is no such person.",
        ),
        (
            "f403",
            403,
            "member_inactive",
            "inactive",
            "no longer active",
        ),
        (
            "f500",
            500,
            "internal",
            "error",
            "Reference: \u{2068}req-1\u{2069}",
        ),
        ("f429", 429, "rate_limited", "error", "Too many requests"),
    ];
    for (name, status, code, state, text) in cases {
        for route in [
            "GET /api/v1/me",
            "GET /api/v1/talent/workers/7",
            "GET /api/v1/workers/7/activity",
        ] {
            answer(name, route, status, &problem(status, code));
        }
        let page = Page::of(name, "7");
        page.wait_for(&format!("[data-state={state}]")).await;
        page.wait_for_text(text).await;
        page.close();
    }
}

#[wasm_bindgen_test]
async fn no_answer_and_then_one() {
    let page = Page::of("silent", "7");
    page.wait_for("[data-state=offline]").await;
    whole("silent", "7", 3, &[]);
    page.click("[data-act=retry]").await;
    page.wait_for("[data-testid=coins]").await;
    page.close();
}

#[wasm_bindgen_test]
async fn an_answer_of_another_shape_is_no_crash() {
    let broken = [
        "[]",
        "null",
        "7",
        "{}",
        r#"{"worker_number":7}"#,
        "<html>",
        "",
    ];
    for (i, body) in broken.into_iter().enumerate() {
        let name = format!("shape{i}");
        for route in [
            "GET /api/v1/me",
            "GET /api/v1/talent/workers/7",
            "GET /api/v1/workers/7/activity",
        ] {
            answer(&name, route, 200, body);
        }
        let page = Page::of(&name, "7");
        page.wait_for("[data-state=error]").await;
        page.wait_for_text("does not understand").await;
        page.close();
    }
}

#[wasm_bindgen_test]
async fn half_a_worker() {
    whole("half", "7", 3, &[]);
    answer(
        "half",
        "GET /api/v1/talent/workers/7",
        502,
        &problem(502, "talent_unreachable"),
    );
    let page = Page::of("half", "7");
    page.wait_for_text("Talent did not give the worker record just now.")
        .await;
    assert_eq!(
        page.wait_for("[data-testid=coins]")
            .await
            .text_content()
            .as_deref(),
        Some("3")
    );
    answer(
        "half",
        "GET /api/v1/talent/workers/7",
        200,
        &worker("7", "Kevin Brown"),
    );
    page.click("[data-act=retry]").await;
    page.wait_for_text("Kevin Brown").await;
    page.close();
}

#[wasm_bindgen_test]
async fn the_own_card_and_the_team() {
    let member = r#"{"id":"m1","worker_number":"1","name":"Guy Gilbert","status":"active"}"#;
    whole("team", "1", 3, &[]);
    whole("team", "7", 9, &[]);
    answer(
        "team",
        "GET /api/v1/me",
        200,
        &format!(r#"{{"member":{member},"roles":[],"is_manager":true}}"#),
    );
    let row = r#"{"member":{"id":"m7","worker_number":"7","name":"Mary Dempsey","status":"active"},"uploads_total":4,"line_broken":false}"#;
    answer(
        "team",
        "GET /api/v1/me/team",
        200,
        &format!(r#"{{"items":[{row}],"next_cursor":null}}"#),
    );
    let page = Page::with("team", |api| {
        crate::fake::with_token(crate::fake::options(api, "{}"), "t")
    });
    page.wait_for("input[type=file]").await;
    page.click("[data-act=team]").await;
    page.wait_for("[data-state=team]").await;
    page.click("[data-act=open]").await;
    assert_eq!(
        get(&page.calls("GET /api/v1/me/team")[0], "query")
            .as_string()
            .as_deref(),
        Some("?limit=200")
    );
    page.wait_for("[data-testid=coins]").await;
    assert!(page.find("input[type=file]").is_none());
    let focused = page
        .shadow()
        .active_element()
        .and_then(|element| element.get_attribute("data-focus"));
    assert_eq!(
        focused.as_deref(),
        Some("heading"),
        "the focus goes with the person"
    );
    page.click("button.back").await;
    page.wait_for("[data-state=team]").await;
    page.close();
}
