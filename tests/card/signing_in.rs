use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::fake::{Page, answer, call, calls, get, options, problem, until, whole, with_token};

#[wasm_bindgen_test]
async fn the_paired_window_hands_the_session_to_the_card() {
    whole("paired", "7", 120, &[]);
    answer("paired", "POST /auth/claim", 200, r#"{"state":"pending"}"#);
    let page = Page::with("paired", |api| {
        options(api, r#"{"worker":"7","tenant":"contoso.example"}"#)
    });
    let code = page
        .wait_for("[data-testid=confirm-code]")
        .await
        .text_content()
        .expect("a code");
    assert!(
        code.len() == 7 && code.as_bytes()[3] == b' ',
        "six digits in two groups: {code}"
    );
    assert!(
        page.calls("GET /api/v1/workers/7/activity").is_empty(),
        "nothing is asked before the sign-in"
    );

    page.click("[data-act=sign-in]").await;
    let opened = js_sys::Array::from(&call("count", &["opened".into()]))
        .pop()
        .as_string()
        .expect("a window");
    assert!(
        opened.starts_with("https://paired.test/auth/start?challenge=")
            && opened.ends_with("&locale=en&tenant=contoso.example _blank noopener"),
        "{opened}"
    );
    assert_eq!(
        page.wait_for("[data-testid=confirm-code]")
            .await
            .text_content(),
        Some(code)
    );

    until("a claim", || !page.calls("POST /auth/claim").is_empty()).await;
    let claim = page.calls("POST /auth/claim").remove(0);
    assert_eq!(get(&claim, "marked").as_string().as_deref(), Some("1"));
    let body = get(&claim, "body").as_string().expect("a body");
    assert!(
        body.starts_with(r#"{"secret":""#) && body.len() == r#"{"secret":""}"#.len() + 43,
        "{body}"
    );
    let secret = &body[11..54];
    assert!(
        !opened.contains(secret),
        "the secret is never in an address"
    );

    answer(
        "paired",
        "POST /auth/claim",
        200,
        r#"{"state":"ready","session":"s-1","expires_at":"2026-11-22T09:00:00Z"}"#,
    );
    page.wait_for("[data-state=person]").await;
    let asked = page.calls("GET /api/v1/workers/7/activity").remove(0);
    assert_eq!(
        get(&asked, "authorization").as_string().as_deref(),
        Some("Bearer s-1")
    );
    assert_eq!(
        get(&asked, "credentials").as_string().as_deref(),
        Some("omit")
    );

    answer(
        "paired",
        "POST /auth/sign-out",
        200,
        r#"{"microsoft_sign_out":"https://paired.test/auth/microsoft-sign-out"}"#,
    );
    page.click("[data-act=sign-out]").await;
    page.wait_for_text("You are signed out.").await;
    let way_out = page
        .wait_for("a[href='https://paired.test/auth/microsoft-sign-out']")
        .await;
    assert_eq!(
        (
            way_out.get_attribute("rel"),
            way_out.get_attribute("target")
        ),
        (Some("noopener".into()), Some("_blank".into()))
    );
    assert!(
        !page.text().contains("Kevin Brown"),
        "nothing of the person stays"
    );
    until("the sign-out", || {
        page.calls("POST /auth/sign-out").len() == 1
    })
    .await;
    page.close();
}

#[wasm_bindgen_test]
async fn a_host_gives_the_token_for_our_audience() {
    whole("host", "7", 120, &[]);
    let get_token = std::cell::RefCell::new(wasm_bindgen::JsValue::NULL);
    let page = Page::with("host", |api| {
        let options = with_token(options(api, r#"{"worker":"{7}"}"#), "from-host");
        get_token.replace(get(&options, "getToken"));
        options
    });
    page.wait_for("[data-state=person]").await;
    let asked = js_sys::Array::from(&get(&get_token.borrow(), "asked"));
    assert_eq!(asked.get(0).as_string().as_deref(), Some("api://eloops"));
    for route in [
        "GET /api/v1/talent/workers/7",
        "GET /api/v1/workers/7/activity",
    ] {
        let arrived = page.calls(route).remove(0);
        assert_eq!(
            get(&arrived, "authorization").as_string().as_deref(),
            Some("Bearer from-host"),
            "{route}"
        );
    }
    assert!(
        page.find("[data-act=sign-out]").is_none(),
        "the host signs in and out"
    );
    page.close();
}

#[wasm_bindgen_test]
async fn a_refused_token_is_renewed_once() {
    for route in [
        "GET /api/v1/me",
        "GET /api/v1/talent/workers/7",
        "GET /api/v1/workers/7/activity",
    ] {
        answer("renewed", route, 401, &problem(401, "token_expired"));
    }
    let page = Page::of("renewed", "7");
    page.wait_for("[data-state=refused]").await;
    let tries = calls(&page.api, "GET /api/v1/workers/7/activity").len();
    assert_eq!(tries, 2, "once with each token, and not in circles");
    whole("renewed", "7", 5, &[]);
    page.wait_for("[data-act=retry]")
        .await
        .unchecked_into::<HtmlElement>()
        .click();
    page.wait_for("[data-state=person]").await;
    page.close();
}

#[wasm_bindgen_test]
async fn a_host_without_a_token() {
    let page = Page::with("tokenless", |api| {
        let options = options(api, r#"{"worker":"7"}"#);
        js_sys::Reflect::set(&options, &"getToken".into(), &call("refuses", &[]))
            .expect("an object");
        options
    });
    page.wait_for("[data-state=refused]").await;
    page.close();
}
