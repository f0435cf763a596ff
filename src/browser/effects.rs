//! Carrying the card's effects out.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use js_sys::Date;
use wasm_bindgen::JsCast;
use web_sys::{AbortController, HtmlElement, HtmlInputElement};

use super::app::App;
use super::http::{Line, exchange, wait};
use super::requests::Question;
use super::{exports, listen};
use crate::card::{Effect, Event, Timer};
use crate::failure::FailureKind;

impl App {
    /// Does what the card wants done; results come back as events, later.
    pub(super) fn carry_out(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::OpenSignIn(address) => open_window(&address),
            Effect::Forget => self.forget(),
            Effect::DropAnswers => self.drop_answers(),
            Effect::DropFile => self.files.drop_picked(),
            Effect::Start(timer, after) => self.start(timer, after),
            Effect::Stop(timer) => self
                .timers
                .borrow_mut()
                .retain(|(running, ..)| *running != timer),
            Effect::TakeSession => {
                self.token.replace(self.claimed.take());
            }
            Effect::Focus(focus) => self.focus(&["[data-focus=", focus.name(), "]"].concat()),
            question => self.ask(question),
        }
    }

    /// Drops the token, the pictures and every request that is under way.
    pub(super) fn forget(&self) {
        self.token.take();
        self.drop_answers();
    }

    /// Drops the pictures and every request that is under way.
    fn drop_answers(&self) {
        if let Some(requests) = self.requests.take() {
            requests.abort();
        }
        self.files.drop_pictures();
    }

    pub(super) fn line(&self) -> Line {
        let mut requests = self.requests.borrow_mut();
        if requests.is_none() {
            *requests = AbortController::new().ok();
        }
        Line {
            api: self.options.borrow().api.clone(),
            token: self.token.borrow().clone(),
            signal: requests.as_ref().map(AbortController::signal),
        }
    }

    /// Asks beside the page. The answer is nobody's when the session or the card is over, or when a
    /// newer sign-in was begun.
    fn ask(self: &Rc<Self>, effect: Effect) {
        let Some(question) = self.question(&effect) else {
            return;
        };
        let app = Rc::downgrade(self);
        // The end of a session is worth hearing of after it, and a host's token whoever was here.
        let signal = self
            .line()
            .signal
            .filter(|_| !matches!(effect, Effect::SignOut | Effect::AskHost(_)));
        let token = self.token.borrow().clone();
        let secret = self.secret.borrow().clone();
        wasm_bindgen_futures::spawn_local(async move {
            let answer = match question {
                Question::Server(call) => exchange(call).await,
                Question::Promise(promise) => wait(promise).await,
            };
            if signal.is_some_and(|signal| signal.aborted()) {
                return;
            }
            let Some(app) = app.upgrade() else { return };
            if matches!(effect, Effect::Claim | Effect::Prepare) && *app.secret.borrow() != secret {
                return;
            }
            let replaced = *app.token.borrow() != token;
            if matches!(effect, Effect::Renew) && replaced {
                return;
            }
            // What was refused is the token before: what only reads is asked again with the one of now, what
            // writes is left to whoever is here now.
            let answer = match answer {
                Err(failure) if failure.kind == FailureKind::SignedOut && replaced => {
                    if !effect.writes() {
                        return app.ask(effect);
                    }
                    Err(FailureKind::Unreachable.into())
                }
                answer => answer,
            };
            if let Some(event) = app.answered(effect, answer) {
                app.dispatch(event);
                app.mark_drawn();
            }
        });
    }

    fn mark_drawn(&self) {
        if !self.drawn.get() && self.card.borrow().person.is_complete() {
            self.drawn.set(true);
            exports::mark("eloops-card-drawn");
        }
    }

    /// What stands in the form's caption.
    pub(super) fn caption(&self) -> String {
        let field = self
            .shadow
            .query_selector("input[name=caption]")
            .ok()
            .flatten();
        let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        field.map(|field| field.value()).unwrap_or_default()
    }

    fn start(self: &Rc<Self>, timer: Timer, after: u32) {
        let app = Rc::downgrade(self);
        let timeout = Timeout::new(after, move || {
            if let Some(app) = app.upgrade() {
                app.run_out(timer);
            }
        });
        let mut timers = self.timers.borrow_mut();
        timers.retain(|(running, ..)| *running != timer);
        timers.push((timer, timeout, Date::now() + f64::from(after)));
    }

    fn run_out(self: &Rc<Self>, timer: Timer) {
        self.timers
            .borrow_mut()
            .retain(|(running, ..)| *running != timer);
        self.dispatch(Event::Timer(timer));
    }

    /// Timers stand still while a machine sleeps: those that should have run out do so now.
    pub(super) fn catch_up(self: &Rc<Self>) {
        let now = Date::now();
        let late = |running: &&(Timer, Timeout, f64)| running.2 < now;
        let timers = self.timers.borrow();
        let late: Vec<Timer> = timers.iter().filter(late).map(|late| late.0).collect();
        drop(timers);
        late.into_iter().for_each(|timer| self.run_out(timer));
    }

    fn focus(&self, selector: &str) {
        let found = self.shadow.query_selector(selector).ok().flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // An element that takes no focus leaves it where it is.
            let _focused = element.focus();
        }
    }
}

/// Opens the sign-in page in a window that knows nothing of this one. Whether it was blocked cannot be
/// told, so the panel shows a link as well.
fn open_window(address: &str) {
    if let Some(window) = listen::window() {
        let _none = window.open_with_url_and_target_and_features(address, "_blank", "noopener");
    }
}
