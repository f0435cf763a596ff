use wasm_bindgen_test::wasm_bindgen_test;

use crate::fake::{Page, after, answer, call, get, options, problem, turn, until, whole};

const REFRESH: &str = "POST /auth/refresh";
const ACTIVITY: &str = "GET /api/v1/workers/7/activity";
const MINUTE: f64 = 60_000.0;

async fn signed_in(name: &str) -> Page {
    whole(name, "7", 120, &[]);
    let page = Page::with(name, |api| options(api, r#"{"worker":"7"}"#));
    page.sign_in(name, 60.0 * MINUTE).await;
    page
}

/// The machine sleeps until the last minutes of the session, and the person looks at the card.
async fn sleep_and_look(page: &Page) {
    call("sleep", &[(56.0 * MINUTE).into()]);
    call("focus", &[]);
    call("sleep", &[0.into()]);
    until("a renewal", || page.calls(REFRESH).len() == 1).await;
}

fn renews(name: &str, session: &str, lasts: f64) {
    let ends = after(lasts);
    let body = format!(r#"{{"session":"{session}","expires_at":"{ends}"}}"#);
    answer(name, REFRESH, 200, &body);
}

#[wasm_bindgen_test]
async fn a_session_is_renewed_before_its_end_and_the_new_one_used() {
    renews("renew", "s-2", 60.0 * MINUTE);
    let page = signed_in("renew").await;
    call("focus", &[]);
    assert!(page.calls(REFRESH).is_empty(), "not yet");
    sleep_and_look(&page).await;
    let asked = page.calls(REFRESH).remove(0);
    for (name, expected) in [
        ("authorization", "Bearer s-1"),
        ("marked", "1"),
        ("body", ""),
        ("credentials", "omit"),
    ] {
        assert_eq!(
            get(&asked, name).as_string().as_deref(),
            Some(expected),
            "{name}"
        );
    }
    page.click("[data-act=refresh]").await;
    until("the new session in use", || {
        page.bearers(ACTIVITY).contains(&"Bearer s-2".to_owned())
    })
    .await;
    assert_eq!(page.calls(REFRESH).len(), 1);
    page.close();
}

#[wasm_bindgen_test]
async fn a_late_refusal_of_the_bearer_before_ends_nothing() {
    renews("late", "s-2", 60.0 * MINUTE);
    let page = signed_in("late").await;
    answer("late", ACTIVITY, 401, &problem(401, "session_ended"));
    let held = [page.api.as_str().into(), ACTIVITY.into()];
    call("hold", &held);
    page.click("[data-act=refresh]").await;
    sleep_and_look(&page).await;
    turn().await;
    call("release", &held);
    whole("late", "7", 130, &[]);
    page.wait_for_text("130").await;
    assert_eq!(
        page.bearers(ACTIVITY),
        ["Bearer s-1", "Bearer s-1", "Bearer s-2"],
        "what was refused is asked again"
    );
    page.close();
}

#[wasm_bindgen_test]
async fn a_session_that_was_renewed_elsewhere_stays_until_its_end() {
    answer("taken", REFRESH, 409, &problem(409, "session_refreshed"));
    let page = signed_in("taken").await;
    sleep_and_look(&page).await;
    page.click("[data-act=refresh]").await;
    until("another look", || page.calls(ACTIVITY).len() >= 2).await;
    assert!(page.find("[data-testid=coins]").is_some());
    assert!(
        page.bearers(ACTIVITY)
            .iter()
            .all(|bearer| bearer == "Bearer s-1")
    );
    page.close();
}

#[wasm_bindgen_test]
async fn a_session_that_ended_leaves_nothing_on_the_screen() {
    answer("over", REFRESH, 401, &problem(401, "session_ended"));
    let page = signed_in("over").await;
    sleep_and_look(&page).await;
    page.wait_for("[data-state=signed-out]").await;
    page.wait_for_text("Your sign-in has ended.").await;
    assert!(!page.text().contains("Kevin Brown"));
    page.close();
}
