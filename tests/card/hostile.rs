use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake::{Page, activity, answer, until, whole, worker};

#[wasm_bindgen_test]
async fn texts_are_shown_and_never_run() {
    let long = "W".repeat(10_000);
    let texts = [
        "<img src=x onerror=\"window.eloopsHit=1\">",
        "</style><script>window.eloopsHit=1</script>",
        "\u{202e}gnirts desrever\u{202c}",
        "\u{1F600}\u{1F469}\u{200D}\u{1F680}",
        "{} {1} {2} ${x} %s",
        "'; drop table members; --",
        &long,
    ];
    for (i, text) in texts.into_iter().enumerate() {
        let name = format!("hostile{i}");
        whole(&name, "7", 1, &[]);
        let title = String::from(js_sys::JSON::stringify(&text.into()).expect("text"));
        let record = worker("7", text).replace("\"Marketing Assistant\"", &title);
        answer(&name, "GET /api/v1/talent/workers/7", 200, &record);
        answer(
            &name,
            "GET /api/v1/workers/7/activity",
            200,
            &activity("7", 1, &[text]),
        );
        let page = Page::of(&name, "7");
        page.wait_for("[data-testid=coins]").await;
        until("the name", || page.find("h2").is_some()).await;
        for selector in ["h2", ".role bdi", ".caption"] {
            let shown = page.wait_for(selector).await.text_content();
            assert_eq!(shown.as_deref(), Some(text), "{selector}");
        }
        assert!(page.find("script, [onerror], style").is_none());
        let width = page
            .element
            .first_element_child()
            .expect("a card")
            .scroll_width();
        assert!(
            width <= page.element.client_width(),
            "{name} is {width} wide in {}",
            page.element.client_width()
        );
        page.close();
    }
    let hit = crate::fake::get(&web_sys::window().expect("a window").into(), "eloopsHit");
    assert!(hit.is_undefined(), "something ran");
}
