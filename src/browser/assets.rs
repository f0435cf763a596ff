//! What the page around the module gives it once: the style sheet and a way to load texts.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use crate::text::Strings;

struct Assets {
    /// A `CSSStyleSheet`, shared by all cards.
    styles: JsValue,
    /// `(language) => Promise<texts>`, see [`strings`].
    load: Function,
}

thread_local! {
    static ASSETS: RefCell<Option<Assets>> = const { RefCell::new(None) };
}

pub(super) fn set(styles: JsValue, load: Function) {
    ASSETS.set(Some(Assets { styles, load }));
}

/// An open shadow root with the card's styles, so that none leak in or out.
pub(super) fn attach_shadow(host: &HtmlElement) -> Result<ShadowRoot, JsValue> {
    let shadow = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open))?;
    ASSETS.with_borrow(|assets| match assets {
        Some(assets) => Reflect::set(
            &shadow,
            &"adoptedStyleSheets".into(),
            &Array::of1(&assets.styles),
        )
        .map(|_| ()),
        None => Err(JsValue::from_str("eloops-card: call setUp before mount")),
    })?;
    Ok(shadow)
}

/// A language's texts in their order, each a text or its forms by plural category; or none where they cannot be loaded; the page says so in its console.
pub(super) async fn strings(language: &str) -> Option<Strings> {
    let promise = ASSETS.with_borrow(|assets| {
        assets
            .as_ref()
            .map(|assets| assets.load.call1(&JsValue::NULL, &language.into()))
    })?;
    let texts = JsFuture::from(promise.ok()?.dyn_into::<Promise>().ok()?)
        .await
        .ok()?;
    let pair = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    let forms = |text: JsValue| match text.as_string() {
        Some(text) => vec![(String::new(), text)],
        None => Object::entries(text.unchecked_ref())
            .iter()
            .filter_map(pair)
            .collect(),
    };
    Some(texts.dyn_ref::<Array>()?.iter().map(forms).collect())
}
