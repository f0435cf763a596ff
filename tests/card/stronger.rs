use js_sys::Array;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake::{
    Page, answer, call, get, options, ready, turn, until, whole, with_token, worker,
};

const TALENT: &str = "GET /api/v1/talent/workers/7";
const HOUR: f64 = 3_600_000.0;

/// Talent's half asks for more; Eloops' half is there.
fn challenged(name: &str) {
    whole(name, "7", 120, &[]);
    let body = r#"{"type":"about:blank","title":"x","status":401,"code":"insufficient_claims","claims":"{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}"}"#;
    answer(name, TALENT, 401, body);
}

#[wasm_bindgen_test]
async fn a_challenge_is_met_in_the_window_and_the_old_session_signed_out() {
    challenged("stronger");
    answer("stronger", "POST /auth/sign-out", 200, "{}");
    let page = Page::with("stronger", |api| options(api, r#"{"worker":"7"}"#));
    page.sign_in("stronger", HOUR).await;
    page.wait_for_text("Microsoft wants to check once more")
        .await;
    let button = page
        .wait_for("[data-testid=challenge] [data-act=sign-in]:not([disabled])")
        .await;
    assert_eq!(button.text_content().as_deref(), Some("Continue"));

    answer(
        "stronger",
        "POST /auth/claim",
        200,
        r#"{"state":"pending"}"#,
    );
    page.click("[data-act=sign-in]").await;
    let opened = Array::from(&call("count", &["opened".into()]))
        .pop()
        .as_string()
        .expect("a window");
    assert!(
        opened.ends_with(
            "&claims=eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJ2YWx1ZSI6ImMxIn19fQ _blank noopener"
        ),
        "{opened}"
    );
    page.wait_for("[data-pairing=waiting] [data-testid=confirm-code]")
        .await;
    assert!(
        page.find("[data-testid=coins]").is_some(),
        "Eloops' half stays"
    );
    let focused = page.shadow().active_element();
    let focused = focused.and_then(|element| element.get_attribute("data-testid"));
    assert_eq!(focused.as_deref(), Some("challenge"));

    answer("stronger", TALENT, 200, &worker("7", "Kevin Brown"));
    ready("stronger", "s-2", HOUR);
    page.wait_for_text("Kevin Brown").await;
    assert!(page.find("[data-testid=challenge]").is_none());
    assert_eq!(page.bearers("POST /auth/sign-out"), ["Bearer s-1"]);
    assert_eq!(
        page.bearers(TALENT).last().map(String::as_str),
        Some("Bearer s-2")
    );
    page.close();
}

#[wasm_bindgen_test]
async fn a_host_meets_a_challenge_once() {
    challenged("host-claims");
    let get_token = std::cell::RefCell::new(wasm_bindgen::JsValue::NULL);
    let page = Page::with("host-claims", |api| {
        let more = r#"{"worker":"7","audience":"api://contoso"}"#;
        let options = with_token(options(api, more), "from-host");
        get_token.replace(get(&options, "getToken"));
        options
    });
    page.wait_for_text("Microsoft wants to check once more")
        .await;
    let asked = Array::from(&get(&get_token.borrow(), "asked"));
    let asked: Vec<_> = asked.iter().filter_map(|one| one.as_string()).collect();
    assert_eq!(
        asked,
        [
            "api://contoso",
            r#"api://contoso {"access_token":{"acrs":{"value":"c1"}}}"#
        ]
    );
    assert!(
        page.find("[data-testid=coins]").is_some(),
        "Eloops' half stays"
    );
    assert!(page.find("[data-act=sign-in]").is_none());

    answer("host-claims", TALENT, 200, &worker("7", "Kevin Brown"));
    page.click("[data-act=retry]").await;
    page.wait_for_text("Kevin Brown").await;
    page.close();
}

#[wasm_bindgen_test]
async fn consent_that_is_missing_has_a_link() {
    whole("consent", "7", 120, &[]);
    let body =
        r#"{"code":"consent_missing","status":403,"link":"https://login.example/adminconsent"}"#;
    answer("consent", TALENT, 403, body);
    let page = Page::of("consent", "7");
    let link = page
        .wait_for("a[href='https://login.example/adminconsent']")
        .await;
    assert_eq!(link.get_attribute("rel").as_deref(), Some("noopener"));
    page.wait_for_text("an administrator has to consent first")
        .await;
    page.close();
}

#[wasm_bindgen_test]
async fn a_window_that_was_closed_can_be_opened_again_with_another_code() {
    answer("closed", "POST /auth/claim", 200, r#"{"state":"pending"}"#);
    let page = Page::with("closed", |api| options(api, r#"{"worker":"7"}"#));
    page.wait_for("[data-act=sign-in]:not([disabled])").await;
    let code = || {
        page.find("[data-testid=confirm-code]")
            .and_then(|code| code.text_content())
    };
    let first = code();
    page.click("[data-act=sign-in]").await;
    let link = page.wait_for("[data-pairing] a").await;
    let address = link.get_attribute("href").unwrap_or_default();
    assert!(
        address.starts_with("https://closed.test/auth/start?challenge="),
        "a blocked window has a plain link: {address}"
    );
    page.click("[data-act=cancel-sign-in]").await;
    page.wait_for("[data-act=sign-in]:not([disabled])").await;
    assert!(code().is_some() && code() != first, "{first:?}");
    let claims = page.calls("POST /auth/claim").len();
    // Whatever timer was left would run out now.
    call("sleep", &[30_000.into()]);
    call("focus", &[]);
    call("sleep", &[0.into()]);
    turn().await;
    assert_eq!(
        page.calls("POST /auth/claim").len(),
        claims,
        "the old code is asked for no more"
    );

    // A pairing that the server says is over, as after two minutes.
    answer(
        "closed",
        "POST /auth/claim",
        410,
        r#"{"code":"pairing_expired"}"#,
    );
    page.click("[data-act=sign-in]").await;
    page.wait_for_text("took longer than two minutes").await;
    until("another code", || code().is_some()).await;
    page.close();
}
