use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::fake::{
    Page, activity, answer, answer_with, call, get, options, until, whole, with_token, worker,
};

const ACTIVITY: &str = "GET /api/v1/workers/7/activity";

#[wasm_bindgen_test]
async fn coins_rise_in_an_open_card_and_the_focus_stays() {
    whole("rise", "7", 120, &["Lake"]);
    let page = Page::of("rise", "7");
    page.wait_for("[data-testid=coins]").await;
    page.wait_for("[data-act=refresh]")
        .await
        .unchecked_into::<HtmlElement>()
        .focus()
        .expect("focus");

    answer_with("rise", ACTIVITY, 304, "", "{}");
    call("focus", &[]);
    until("a second look", || page.calls(ACTIVITY).len() == 2).await;
    assert_eq!(
        get(&page.calls(ACTIVITY)[1], "match")
            .as_string()
            .as_deref(),
        Some("\"one\"")
    );

    until("the look's end", || {
        page.find("[aria-busy=false]").is_some()
    })
    .await;
    answer_with(
        "rise",
        ACTIVITY,
        200,
        &activity("7", 150, &["New", "Lake"]),
        r#"{"ETag":"\"two\""}"#,
    );
    call("focus", &[]);
    until("the new balance", || {
        page.find("[data-testid=coins]")
            .and_then(|coins| coins.text_content())
            .as_deref()
            == Some("150")
    })
    .await;
    page.wait_for_text("Updated: 150 coins, 2 uploads.").await;
    let focused = page
        .shadow()
        .active_element()
        .and_then(|element| element.get_attribute("data-act"));
    assert_eq!(focused.as_deref(), Some("refresh"));
    page.close();
}

#[wasm_bindgen_test]
async fn a_failing_look_keeps_the_numbers_and_a_refusal_takes_them() {
    whole("stale", "7", 120, &[]);
    let page = Page::of("stale", "7");
    page.wait_for("[data-testid=coins]").await;
    answer("stale", ACTIVITY, 503, "");
    page.click("[data-act=refresh]").await;
    page.wait_for_text("These are the last numbers.").await;
    assert!(page.find("[data-testid=coins]").is_some());
    for route in [ACTIVITY, "GET /api/v1/talent/workers/7"] {
        answer("stale", route, 404, r#"{"code":"not_found"}"#);
    }
    page.click("[data-act=refresh]").await;
    page.wait_for("[data-state=not-allowed]").await;
    assert!(!page.text().contains("120") && !page.text().contains("Kevin"));
    page.close();
}

#[wasm_bindgen_test]
async fn pictures_are_fetched_with_the_bearer() {
    whole("pictures", "7", 1, &["Lake"]);
    let photo = worker("7", "Kevin Brown").replace(r#""has_photo":false"#, r#""has_photo":true"#);
    answer("pictures", "GET /api/v1/talent/workers/7", 200, &photo);
    for route in [
        "GET /api/v1/talent/workers/7/photo",
        "GET /api/v1/uploads/u0/thumbnail",
    ] {
        answer_with(
            "pictures",
            route,
            200,
            "picture",
            r#"{"Content-Type":"image/png"}"#,
        );
    }
    let page = Page::of("pictures", "7");
    let face = page.wait_for("img.face").await;
    let tile = page.wait_for(".tile img").await;
    for picture in [&face, &tile] {
        assert!(
            picture
                .get_attribute("src")
                .is_some_and(|address| address.starts_with("blob:"))
        );
    }
    assert_eq!(tile.get_attribute("alt").as_deref(), Some("Lake"));
    let call = &page.calls("GET /api/v1/uploads/u0/thumbnail")[0];
    assert_eq!(
        get(call, "authorization").as_string().as_deref(),
        Some("Bearer token")
    );
    page.close();
}

#[wasm_bindgen_test]
async fn a_host_that_reads_talent_itself() {
    whole("own-talent", "7", 1, &[]);
    let page = Page::with("own-talent", |api| {
        let options = with_token(options(api, r#"{"worker":"7"}"#), "t");
        let record = call("gives", &[worker("7", "From the form").into()]);
        Reflect::set(&options, &"talent".into(), &record).expect("an object");
        options
    });
    page.wait_for_text("From the form").await;
    assert!(page.calls("GET /api/v1/talent/workers/7").is_empty());
    page.close();
}

#[wasm_bindgen_test]
fn the_address_of_the_frame() {
    let read =
        |query: &str, name: &str| get(&eloops_card::browser::read_host(query), name).as_string();
    assert_eq!(
        read("?Worker=%7B000123%7D&theme=dark", "worker").as_deref(),
        Some("000123")
    );
    assert_eq!(
        read("?Worker=1&theme=dark", "theme").as_deref(),
        Some("dark")
    );
    assert_eq!(
        read("?id=%7bA-1%7d&typename=cdm_worker&UserLCID=1037", "worker").as_deref(),
        Some("A-1")
    );
    assert_eq!(
        read("?TENANT=contoso.example", "tenant").as_deref(),
        Some("contoso.example")
    );
    assert_eq!(read("?userlcid=1037", "locale").as_deref(), Some("he"));
    assert_eq!(read("", "worker"), None);
}
