use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsValue;
use web_sys::{AbortController, HtmlElement, ShadowRoot};

use super::assets;
use super::files::Files;
use super::intl::Intl;
use super::options::Options;
use super::patch::Tree;
use crate::card::{Card, Event, Timer};
use crate::host::locale;
use crate::text::{Strings, Words};
use crate::view;

/// One card on the page: its state, and everything of the page that it holds.
pub(super) struct App {
    number: u32,
    pub(super) card: RefCell<Card>,
    /// The element that holds the shadow root; the card's only node in the host's own tree.
    host: HtmlElement,
    pub(super) shadow: ShadowRoot,
    tree: RefCell<Option<Tree>>,
    speech: RefCell<Option<(Strings, Intl)>>,
    spoken: Cell<&'static str>,
    pub(super) options: RefCell<Options>,
    /// The bearer: the session of a paired sign-in or the host's token. Never leaves memory.
    pub(super) token: RefCell<Option<String>>,
    /// The session that was claimed, until the card takes it.
    pub(super) claimed: RefCell<Option<String>>,
    /// The secret of the pairing under way.
    pub(super) secret: RefCell<Option<String>>,
    pub(super) files: Files,
    pub(super) requests: RefCell<Option<AbortController>>,
    /// The timers that run, and when each runs out, in milliseconds since the epoch.
    pub(super) timers: RefCell<Vec<(Timer, Timeout, f64)>>,
    listeners: RefCell<Vec<EventListener>>,
    /// Whether a whole card was on the page once; the first time is marked for measurements.
    pub(super) drawn: Cell<bool>,
}

thread_local! {
    /// The cards on the page; one lives until it is destroyed, whether or not its handle is kept.
    static CARDS: RefCell<Vec<Rc<App>>> = const { RefCell::new(Vec::new()) };
    /// The number of the last card that was mounted.
    static LAST: Cell<u32> = const { Cell::new(0) };
}

impl App {
    /// Puts a card into an element and starts it.
    pub(super) fn mount(element: &HtmlElement, options: Options) -> Result<u32, JsValue> {
        let document = element.owner_document().ok_or(JsValue::NULL)?;
        let host =
            wasm_bindgen::JsCast::unchecked_into::<HtmlElement>(document.create_element("div")?);
        let shadow = assets::attach_shadow(&host)?;
        let (mut card, first) = Card::new(
            options.api.clone(),
            options.worker.clone().flatten(),
            options.get_token.is_some(),
        );
        card.tenant.clone_from(&options.tenant);
        LAST.set(LAST.get() + 1);
        let app = Rc::new(Self {
            number: LAST.get(),
            card: RefCell::new(card),
            host,
            shadow,
            tree: RefCell::new(None),
            speech: RefCell::new(None),
            spoken: Cell::new(""),
            options: RefCell::new(options),
            token: RefCell::new(None),
            claimed: RefCell::new(None),
            secret: RefCell::new(None),
            files: Files::default(),
            requests: RefCell::new(None),
            timers: RefCell::new(Vec::new()),
            listeners: RefCell::new(Vec::new()),
            drawn: Cell::new(false),
        });
        CARDS.with_borrow_mut(|cards| cards.push(Rc::clone(&app)));
        app.listeners.replace(app.listen());
        app.show_theme();
        app.draw();
        element.append_child(&app.host)?;
        app.speak();
        for effect in first {
            app.carry_out(effect);
        }
        Ok(app.number)
    }

    /// The card of a number, while it is on the page.
    pub(super) fn numbered(number: u32) -> Option<Rc<Self>> {
        CARDS.with_borrow(|cards| cards.iter().find(|card| card.number == number).cloned())
    }

    /// Takes the card off the page: its nodes, listeners, timers, requests and pictures.
    pub(super) fn destroy(&self) {
        self.listeners.borrow_mut().clear();
        self.timers.borrow_mut().clear();
        self.forget();
        self.files.drop_picked();
        self.secret.take();
        self.tree.take();
        self.host.remove();
        CARDS.with_borrow_mut(|cards| cards.retain(|card| card.number != self.number));
    }

    /// Takes an event in: the state changes, the page follows, the effects are carried out.
    pub(super) fn dispatch(self: &Rc<Self>, event: Event) {
        if Self::numbered(self.number).is_none() {
            return;
        }
        if matches!(event, Event::Visible(true) | Event::Online) && self.speech.borrow().is_none() {
            self.speak();
        }
        if matches!(event, Event::Visible(true)) {
            self.catch_up();
        }
        let effects = self.card.borrow_mut().update(event);
        self.draw();
        for effect in effects {
            self.carry_out(effect);
        }
    }

    /// New options from the host; what they do not name stays.
    pub(super) fn set(self: &Rc<Self>, given: Options) {
        let asked = given.worker.clone();
        self.options.borrow_mut().take(given);
        self.show_theme();
        self.speak();
        match asked {
            Some(worker) => self.dispatch(Event::Ask(worker)),
            None => self.draw(),
        }
    }

    /// Loads the texts of the language the options wish for, unless they are here.
    fn speak(self: &Rc<Self>) {
        let wishes = self.options.borrow().languages();
        let choice = locale::choose(&wishes);
        if let Some((_, intl)) = self.speech.borrow_mut().as_mut() {
            intl.set(&choice);
        }
        self.card.borrow_mut().locale = choice.spoken;
        if self.spoken.replace(choice.spoken) == choice.spoken {
            return;
        }
        let app = Rc::downgrade(self);
        wasm_bindgen_futures::spawn_local(async move {
            let strings = assets::strings(choice.spoken).await;
            let Some(app) = app.upgrade() else { return };
            let Some(strings) = strings else {
                // Asked again when the card is looked at, or when the network is back.
                app.spoken.set("");
                return;
            };
            // A later wish may have overtaken this one.
            if app.spoken.get() == choice.spoken {
                app.speech.replace(Some((strings, Intl::new(&choice))));
                app.draw();
            }
        });
    }

    fn show_theme(&self) {
        // Without a theme the attribute is empty and the browser's preference holds.
        let theme = self.options.borrow().theme.map_or("", |theme| theme.name());
        let shown = self.host.set_attribute("data-theme", theme);
        debug_assert!(shown.is_ok(), "data-theme is a valid name");
    }

    /// Brings the page to what the view describes.
    pub(super) fn draw(&self) {
        let node = match &*self.speech.borrow() {
            Some((strings, intl)) => view::view(&self.card.borrow(), Words::new(strings, intl)),
            None => view::wordless(),
        };
        let mut tree = self.tree.borrow_mut();
        match &mut *tree {
            Some(tree) => tree.become_like(&self.shadow, node),
            None => *tree = Some(Tree::build(&self.shadow, node)),
        }
        if self.speech.borrow().is_some() {
            let language = self.host.set_attribute("lang", self.spoken.get());
            debug_assert!(language.is_ok(), "lang is a valid name");
        }
    }
}
