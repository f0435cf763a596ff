//! What happens on the page, as events of the card. One listener a kind of event serves the whole
//! card: elements say by `data-act` what a click on them means.

use std::rc::{Rc, Weak};

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlInputElement, Window};

use super::app::App;
use crate::card::{Act, Event};

/// The page's window.
pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

impl App {
    /// Listens until the listeners are dropped.
    pub(super) fn listen(self: &Rc<Self>) -> Vec<EventListener> {
        let shadow: &EventTarget = &self.shadow;
        let mut listeners = vec![
            on(self, shadow, "click", |event| act_at(event).map(Event::Act)),
            on(self, shadow, "submit", |event| {
                event.prevent_default();
                Some(Event::Act(Act::Post))
            }),
            self.on_change(),
        ];
        let Some(window) = window() else {
            return listeners;
        };
        listeners.push(on(self, &window, "focus", |_| {
            Some(Event::Visible(is_visible()))
        }));
        listeners.push(on(self, &window, "online", |_| Some(Event::Online)));
        if let Some(document) = window.document() {
            listeners.push(on(self, &document, "visibilitychange", |_| {
                Some(Event::Visible(is_visible()))
            }));
        }
        listeners
    }

    /// A picked file.
    fn on_change(self: &Rc<Self>) -> EventListener {
        let app = Rc::downgrade(self);
        EventListener::new(&self.shadow, "change", move |event| {
            let input = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let file = input
                .filter(|input| input.type_() == "file")
                .and_then(|input| input.files()?.get(0));
            if let (Some(file), Some(app)) = (file, app.upgrade()) {
                let picked = app.files.pick(file);
                app.dispatch(Event::Picked(picked));
            }
        })
    }
}

fn on(
    app: &Rc<App>,
    target: &EventTarget,
    kind: &'static str,
    read: fn(&web_sys::Event) -> Option<Event>,
) -> EventListener {
    let app: Weak<App> = Rc::downgrade(app);
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(target, kind, options, move |event| {
        if let (Some(event), Some(app)) = (read(event), app.upgrade()) {
            app.dispatch(event);
        }
    })
}

/// The act that the clicked element, or one around it, names.
fn act_at(event: &web_sys::Event) -> Option<Act> {
    let clicked = event.target()?.dyn_into::<Element>().ok()?;
    let element = clicked.closest("[data-act]").ok()??;
    if element.has_attribute("aria-disabled") {
        return None;
    }
    Act::named(
        &element.get_attribute("data-act")?,
        element.get_attribute("data-argument"),
    )
}

fn is_visible() -> bool {
    window()
        .and_then(|window| window.document())
        .is_none_or(|document| !document.hidden())
}
