use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::fake::{
    Page, activity, answer, answer_with, call, get, options, problem, until, upload, whole,
    with_token,
};

fn own(name: &str) -> Page {
    whole(name, "1", 30, &[]);
    let member = r#"{"id":"m1","worker_number":"1","name":"Guy Gilbert","status":"active"}"#;
    answer(
        name,
        "GET /api/v1/me",
        200,
        &format!(r#"{{"member":{member},"roles":[],"is_manager":false}}"#),
    );
    Page::with(name, |api| with_token(options(api, "{}"), "t"))
}

async fn pick(page: &Page, name: &str, kind: &str) {
    let field = page.wait_for("input[type=file]").await;
    call("pick", &[field.into(), name.into(), kind.into()]);
    page.wait_for("form.composer").await;
}

#[wasm_bindgen_test]
async fn a_photo_with_a_caption_raises_both_numbers() {
    let page = own("post");
    pick(&page, "hills.png", "image/png").await;
    let caption = page
        .wait_for("input[name=caption]")
        .await
        .unchecked_into::<HtmlInputElement>();
    assert_eq!(
        page.shadow().active_element().as_ref(),
        Some(caption.as_ref()),
        "the caption has the focus"
    );
    caption.set_value(" Evening at the lake ");
    answer(
        "post",
        "POST /api/v1/me/uploads",
        201,
        &upload("new", "Evening at the lake"),
    );
    answer_with(
        "post",
        "GET /api/v1/workers/1/activity",
        200,
        &activity("1", 40, &["Evening at the lake"]),
        r#"{"ETag":"\"two\""}"#,
    );
    call("submit", &[page.wait_for("form.composer").await.into()]);
    page.wait_for_text("Posted. That earned 10 coins.").await;
    until("the new numbers", || {
        page.find("[data-testid=uploads]")
            .and_then(|uploads| uploads.text_content())
            .as_deref()
            == Some("1")
    })
    .await;
    assert_eq!(
        page.wait_for("[data-testid=coins]")
            .await
            .text_content()
            .as_deref(),
        Some("40")
    );

    let posted = page.calls("POST /api/v1/me/uploads");
    assert_eq!(posted.len(), 1);
    assert_eq!(
        get(&posted[0], "file").as_string().as_deref(),
        Some("hills.png")
    );
    assert_eq!(
        get(&posted[0], "caption").as_string().as_deref(),
        Some("Evening at the lake")
    );
    page.close();
}

#[wasm_bindgen_test]
async fn a_refused_file_says_why_and_a_second_try_is_the_same_post() {
    let page = own("refused-file");
    pick(&page, "notes.png", "image/png").await;
    answer(
        "refused-file",
        "POST /api/v1/me/uploads",
        413,
        &problem(413, "upload_too_large"),
    );
    call("submit", &[page.wait_for("form.composer").await.into()]);
    page.wait_for("[role=alert]").await;
    page.wait_for_text("too large").await;
    call("submit", &[page.wait_for("form.composer").await.into()]);
    until("the second try", || {
        page.calls("POST /api/v1/me/uploads").len() == 2
    })
    .await;
    let keys: Vec<_> = page
        .calls("POST /api/v1/me/uploads")
        .iter()
        .map(|call| get(call, "idempotency").as_string())
        .collect();
    assert!(keys[0].is_some() && keys[0] == keys[1], "{keys:?}");

    page.wait_for("[role=alert]").await;
    let caption = page.wait_for("input[name=caption]").await;
    caption
        .unchecked_into::<HtmlInputElement>()
        .set_value("Other words");
    call("submit", &[page.wait_for("form.composer").await.into()]);
    until("the third try", || {
        page.calls("POST /api/v1/me/uploads").len() == 3
    })
    .await;
    let other = get(&page.calls("POST /api/v1/me/uploads")[2], "idempotency").as_string();
    assert!(
        other.is_some() && other != keys[0],
        "another caption is another post"
    );

    page.wait_for("[role=alert]").await;
    page.click("[data-act=cancel-post]").await;
    let add = page.wait_for("input[type=file]").await;
    assert_eq!(
        page.shadow().active_element().as_ref(),
        Some(&add),
        "the focus goes back"
    );
    page.close();
}
