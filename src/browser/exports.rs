//! What the module gives to the page.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::app::App;
use super::options::Options;
use super::{assets, listen};
use crate::host;

/// Gives the module its style sheet (a `CSSStyleSheet`) and a function that loads a language's texts
/// (`(language) => Promise<texts>`, a list in the order of `src/text/keys.rs`). Once, before the first [`mount`].
#[wasm_bindgen(js_name = setUp)]
pub fn set_up(styles: JsValue, load: Function) {
    assets::set(styles, load);
}

/// Puts a card into an element: `mount(element, {worker, api, getToken?, audience?, tenant?, locale?, theme?, talent?})`.
///
/// * `worker`: the personnel number; without one the card is the signed-in person's own.
/// * `api`: the Eloops server's address, such as `https://eloops.example`.
/// * `getToken(audience, claims?)`: gives an access token for the audience, or a promise of one; with
///   `claims`, one that Microsoft gave for exactly these claims (JSON text). Without it the card signs
///   people in through a window of the server.
/// * `audience`: what `getToken` is asked for; `api://eloops` unless named.
/// * `tenant`: the customer's tenant, by id or domain, where one server has several.
/// * `locale`: a language tag; without one the browser's languages decide.
/// * `theme`: `light` or `dark`; without one the browser's preference decides.
/// * `talent(number)`: gives the worker record in the shape of `GET /talent/workers/{number}`, or a
///   promise of it; for a host that reads Talent itself.
///
/// Gives the card's number, for [`update`] and [`destroy`].
///
/// # Errors
/// Throws when [`set_up`] was not called, or when the element is no longer in a document.
#[wasm_bindgen]
pub fn mount(element: &HtmlElement, options: &JsValue) -> Result<u32, JsValue> {
    App::mount(element, Options::read(options))
}

/// Changes a card's options; what is not named stays. `api`, `audience` and `tenant` cannot change.
#[wasm_bindgen]
pub fn update(card: u32, options: &JsValue) {
    if let Some(app) = App::numbered(card) {
        app.set(Options::read(options));
    }
}

/// Takes a card off the page, with every listener, timer, request and picture it holds. More than
/// once does no harm.
#[wasm_bindgen]
pub fn destroy(card: u32) {
    if let Some(app) = App::numbered(card) {
        app.destroy();
    }
}

/// The options that a frame's query string holds: `worker`, `locale`, `theme`, `tenant`, each absent where the
/// address does not name it.
#[wasm_bindgen(js_name = readHost)]
pub fn read_host(query: &str) -> Object {
    let decode = |text: &str| match js_sys::decode_uri_component(text) {
        Ok(decoded) => decoded.into(),
        Err(_) => text.to_owned(),
    };
    let host = host::read(query, &decode);
    let read = Object::new();
    let set = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let done = Reflect::set(&read, &name.into(), &value.into());
            debug_assert!(done.is_ok(), "a fresh object takes any member");
        }
    };
    set("worker", host.worker.as_deref());
    set("locale", host.locale.as_deref());
    set("theme", host.theme.map(host::Theme::name));
    set("tenant", host.tenant.as_deref());
    read
}

/// Marks a moment in the browser's performance timeline, for measurements.
pub(super) fn mark(name: &str) {
    if let Some(performance) = listen::window().and_then(|window| window.performance()) {
        // A full timeline is no reason to fail.
        let _marked = performance.mark(name);
    }
}
