//! What a host says in `mount(element, options)` and `update(options)`.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::host::{self, Theme};

/// The options, each absent where the host does not name it.
#[derive(Default)]
pub(super) struct Options {
    /// The worker's number; `Some(None)` where the host says that there is none.
    pub(super) worker: Option<Option<String>>,
    /// The Eloops server's address without a slash at its end.
    pub(super) api: String,
    /// `(audience, claims?) => Promise<string>`.
    pub(super) get_token: Option<Function>,
    /// What `get_token` is asked for.
    pub(super) audience: Option<String>,
    /// The customer's tenant, where one server has several.
    pub(super) tenant: Option<String>,
    /// `(number) => Promise<worker>`, for a host that reads Talent itself.
    pub(super) talent: Option<Function>,
    pub(super) locale: Option<String>,
    pub(super) theme: Option<Theme>,
}

impl Options {
    pub(super) fn read(from: &JsValue) -> Self {
        let get = |name: &str| Reflect::get(from, &name.into()).unwrap_or(JsValue::UNDEFINED);
        let text = |name: &str| get(name).as_string();
        let callback = |name: &str| get(name).dyn_into::<Function>().ok();
        let named = |name: &str| Reflect::has(from, &name.into()).unwrap_or(false);
        Self {
            worker: named("worker")
                .then(|| text("worker").as_deref().and_then(host::worker_number)),
            api: text("api").unwrap_or_default().trim_end_matches('/').into(),
            get_token: callback("getToken"),
            audience: text("audience"),
            tenant: text("tenant").and_then(host::tenant),
            talent: callback("talent"),
            locale: text("locale"),
            theme: text("theme").as_deref().and_then(Theme::named),
        }
    }

    /// Takes over what `given` names. Where the card talks to stays what it was.
    pub(super) fn take(&mut self, given: Self) {
        self.get_token = given.get_token.or(self.get_token.take());
        self.talent = given.talent.or(self.talent.take());
        self.locale = given.locale.or(self.locale.take());
        self.theme = given.theme.or(self.theme);
    }

    /// The languages wished for: the host's, then the browser's.
    pub(super) fn languages(&self) -> Vec<String> {
        let mut languages: Vec<String> = self.locale.iter().cloned().collect();
        if let Some(window) = super::listen::window() {
            for tag in window.navigator().languages().iter() {
                languages.extend(tag.as_string());
            }
        }
        languages
    }
}
