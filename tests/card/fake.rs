//! A page with a card on it, and the server it talks to: `fetch` answers from a table that the test
//! fills. Each test has an origin of its own, so that none sees another's requests.

use eloops_card::browser::{destroy, mount, set_up};
use eloops_card::text::Text;
use js_sys::{Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, ShadowRoot};

const SET_UP: &str = include_str!("fake.js");
const STYLES: [&str; 9] = [
    include_str!("../../www/styles/tokens.css"),
    include_str!("../../www/styles/shape.css"),
    include_str!("../../www/styles/controls.css"),
    include_str!("../../www/styles/person.css"),
    include_str!("../../www/styles/posting.css"),
    include_str!("../../www/styles/privacy.css"),
    include_str!("../../www/styles/panels.css"),
    include_str!("../../www/styles/team.css"),
    include_str!("../../www/styles/card.css"),
];
const ENGLISH: &str = include_str!("../../www/locales/en.json");
const HEBREW: &str = include_str!("../../www/locales/he.json");

/// The page's side of the fake, once for all tests.
fn fake() -> JsValue {
    let window: JsValue = web_sys::window().expect("a window").into();
    let known = get(&window, "eloopsFake");
    if !known.is_undefined() {
        return known;
    }
    let load = Function::new_with_args("styles, english, hebrew", SET_UP);
    let parsed = |text: &str| listed(&JSON::parse(text).expect("a language file"));
    let made = load
        .call3(
            &JsValue::NULL,
            &STYLES.concat().into(),
            &parsed(ENGLISH),
            &parsed(HEBREW),
        )
        .expect("the fake");
    set_up(get(&made, "sheet"), get(&made, "load").unchecked_into());
    Reflect::set(&window, &"eloopsFake".into(), &made).expect("a place on the window");
    made
}

/// A language's texts as the build lists them.
fn listed(file: &JsValue) -> JsValue {
    let forms = |text: &Text| {
        let plain = get(file, text.name());
        if !plain.is_undefined() {
            return plain;
        }
        let forms = Object::new();
        for category in ["one", "two", "other"] {
            let form = get(file, &[text.name(), ".", category].concat());
            if !form.is_undefined() {
                Reflect::set(&forms, &category.into(), &form).expect("an object");
            }
        }
        forms.into()
    };
    Text::ALL
        .iter()
        .map(forms)
        .collect::<js_sys::Array>()
        .into()
}

pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("an object")
}

/// Calls a function of the fake.
pub(crate) fn call(name: &str, arguments: &[JsValue]) -> JsValue {
    let function: Function = get(&fake(), name).unchecked_into();
    function
        .apply(&JsValue::NULL, &arguments.iter().collect())
        .expect("the fake's function")
}

/// A card on the page, its element, and its server's origin.
pub(crate) struct Page {
    pub(crate) element: HtmlElement,
    pub(crate) card: u32,
    pub(crate) api: String,
}

/// Options of a card: the origin, and `more` as JSON.
pub(crate) fn options(api: &str, more: &str) -> Object {
    let options: Object = JSON::parse(more).expect("options").unchecked_into();
    Reflect::set(&options, &"api".into(), &api.into()).expect("an object");
    Reflect::set(&options, &"locale".into(), &"en".into()).expect("an object");
    options
}

/// A host's `getToken` that gives `token`.
pub(crate) fn with_token(options: Object, token: &str) -> Object {
    let get_token = call("tokens", &[token.into()]);
    Reflect::set(&options, &"getToken".into(), &get_token).expect("an object");
    options
}

impl Page {
    /// Puts a card with these options on the page.
    pub(crate) fn with(name: &str, make: impl FnOnce(&str) -> Object) -> Self {
        fake();
        let api = format!("https://{name}.test");
        let document = web_sys::window()
            .and_then(|window| window.document())
            .expect("a document");
        let element: HtmlElement = document
            .create_element("div")
            .expect("a div")
            .unchecked_into();
        document
            .body()
            .expect("a body")
            .append_child(&element)
            .expect("a place");
        let card = mount(&element, &make(&api).into()).expect("a card");
        Self { element, card, api }
    }

    /// A card for a worker, signed in by the host.
    pub(crate) fn of(name: &str, worker: &str) -> Self {
        Self::with(name, |api| {
            with_token(
                options(api, &format!(r#"{{"worker":"{worker}"}}"#)),
                "token",
            )
        })
    }

    pub(crate) fn shadow(&self) -> ShadowRoot {
        self.element
            .first_element_child()
            .and_then(|host| host.shadow_root())
            .expect("a shadow root")
    }

    pub(crate) fn find(&self, selector: &str) -> Option<Element> {
        self.shadow().query_selector(selector).expect("a selector")
    }

    /// Waits for an element, and gives it.
    pub(crate) async fn wait_for(&self, selector: &str) -> Element {
        until(selector, || self.find(selector).is_some()).await;
        self.find(selector).expect("what was waited for")
    }

    pub(crate) fn text(&self) -> String {
        self.shadow().text_content().unwrap_or_default()
    }

    pub(crate) async fn wait_for_text(&self, text: &str) {
        let mut seen = String::new();
        for _ in 0..PATIENCE {
            seen = self.text();
            if seen.contains(text) {
                return;
            }
            turn().await;
        }
        panic!("waited for {text:?} and saw {seen:?}");
    }

    pub(crate) async fn click(&self, selector: &str) {
        self.wait_for(selector)
            .await
            .unchecked_into::<HtmlElement>()
            .click();
    }

    /// What the server said when asked for `route`, such as `GET /api/v1/me`.
    pub(crate) fn calls(&self, route: &str) -> Vec<JsValue> {
        calls(&self.api, route)
    }

    /// Signs in through the window, whose session `s-1` lasts so many milliseconds.
    pub(crate) async fn sign_in(&self, name: &str, lasts: f64) {
        ready(name, "s-1", lasts);
        self.wait_for("[data-act=sign-in]:not([disabled])").await;
        self.click("[data-act=sign-in]").await;
        self.wait_for("[data-testid=coins]").await;
    }

    /// The bearers of the requests for a route, in order.
    pub(crate) fn bearers(&self, route: &str) -> Vec<String> {
        let bearer = |call: &JsValue| get(call, "authorization").as_string().unwrap_or_default();
        self.calls(route).iter().map(bearer).collect()
    }

    /// Takes the card and its element off the page.
    pub(crate) fn close(self) {
        destroy(self.card);
        self.element.remove();
    }
}

/// The pairing is confirmed: the next claim gives this session, which lasts so many milliseconds.
pub(crate) fn ready(name: &str, session: &str, lasts: f64) {
    let ends = after(lasts);
    let body = format!(r#"{{"state":"ready","session":"{session}","expires_at":"{ends}"}}"#);
    answer(name, "POST /auth/claim", 200, &body);
}

/// The time in so many milliseconds, RFC 3339.
pub(crate) fn after(milliseconds: f64) -> String {
    let time = call("after", &[milliseconds.into()]).as_string();
    time.expect("a time")
}

/// The server at `https://{name}.test` answers `route` with a status and JSON.
pub(crate) fn answer(name: &str, route: &str, status: u16, body: &str) {
    answer_with(name, route, status, body, "{}");
}

/// The same, with headers as JSON.
pub(crate) fn answer_with(name: &str, route: &str, status: u16, body: &str, headers: &str) {
    let headers = JSON::parse(headers).expect("headers");
    let api = format!("https://{name}.test");
    call(
        "answer",
        &[
            api.into(),
            route.into(),
            status.into(),
            body.into(),
            headers,
        ],
    );
}

/// The requests that arrived at an origin for a route.
pub(crate) fn calls(api: &str, route: &str) -> Vec<JsValue> {
    js_sys::Array::from(&call("calls", &[api.into(), route.into()]))
        .iter()
        .collect()
}

const PATIENCE: usize = 500;

/// Waits until something holds; fails with its name after some five seconds.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..PATIENCE {
        if holds() {
            return;
        }
        turn().await;
    }
    panic!("waited in vain for {what}");
}

/// Lets the page do what it has to do.
pub(crate) async fn turn() {
    let wait: Promise = call("turn", &[]).unchecked_into();
    JsFuture::from(wait).await.expect("a timer");
}

/// Answers for a whole worker: the record and the activity.
pub(crate) fn whole(name: &str, number: &str, balance: i64, uploads: &[&str]) {
    answer(
        name,
        "GET /api/v1/me",
        200,
        r#"{"member":null,"roles":[],"is_manager":false}"#,
    );
    answer(
        name,
        &format!("GET /api/v1/talent/workers/{number}"),
        200,
        &worker(number, "Kevin Brown"),
    );
    answer_with(
        name,
        &format!("GET /api/v1/workers/{number}/activity"),
        200,
        &activity(number, balance, uploads),
        r#"{"ETag":"\"one\""}"#,
    );
}

pub(crate) fn worker(number: &str, name: &str) -> String {
    let name = String::from(JSON::stringify(&name.into()).expect("text"));
    format!(
        r#"{{"worker_number":"{number}","name":{name},"title":"Marketing Assistant","department":"Marketing","worker_status":"Employed","has_photo":false,"source":"talent","as_of":"2026-11-22T08:00:00Z"}}"#
    )
}

pub(crate) fn activity(number: &str, balance: i64, captions: &[&str]) -> String {
    let uploads: Vec<_> = captions
        .iter()
        .enumerate()
        .map(|(i, caption)| upload(&format!("u{i}"), caption))
        .collect();
    format!(
        r#"{{"worker_number":"{number}","member_id":"m","coins":{{"balance":{balance},"earned_total":{balance}}},"uploads":{{"total":{},"recent":[{}]}},"trend":[],"talent":{{"coins":{balance},"uploads":0,"state":"in_sync"}},"as_of":"2026-11-22T08:00:00Z"}}"#,
        uploads.len(),
        uploads.join(",")
    )
}

pub(crate) fn upload(id: &str, caption: &str) -> String {
    let caption = String::from(JSON::stringify(&caption.into()).expect("text"));
    format!(
        r#"{{"id":"{id}","kind":"photo","caption":{caption},"content_type":"image/png","bytes":1,"width":4,"height":3,"coins":10,"created_at":"2026-11-21T08:00:00Z"}}"#
    )
}

pub(crate) fn problem(status: u16, code: &str) -> String {
    format!(
        r#"{{"type":"about:blank","title":"x","status":{status},"code":"{code}","request_id":"req-1"}}"#
    )
}
