//! Carrying the card's effects out.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{AbortController, HtmlElement, HtmlInputElement};

use super::app::App;
use super::http::Line;
use super::{exports, listen, pairing, requests};
use crate::card::{Effect, Event, Image, Timer};
use crate::failure::FailureKind;

impl App {
    /// Does what the card wants done; results come back as events, later.
    pub(super) fn carry_out(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::AskHost => self.ask_host(),
            Effect::Prepare => self.prepare(),
            Effect::OpenSignIn(address) => open_window(&address),
            Effect::Claim => self.claim(),
            Effect::SignOut => self.sign_out(),
            Effect::Forget => self.forget(),
            Effect::GetImage(image) => self.get_image(image),
            Effect::Post => self.post(),
            Effect::DropFile => self.files.drop_picked(),
            Effect::Start(timer, after) => self.start(timer, after),
            Effect::Stop(timer) => self
                .timers
                .borrow_mut()
                .retain(|(running, _)| *running != timer),
            Effect::Focus(focus) => self.focus(&["[data-focus=", focus.name(), "]"].concat()),
            Effect::GetMe | Effect::GetTalent(_) | Effect::GetActivity(..) | Effect::GetTeam(_) => {
                let talent = self.options.borrow().talent.clone();
                self.spawn(Box::pin(requests::ask(effect, self.line(), talent)));
            }
        }
    }

    /// Drops the token, the pictures and every request that is under way.
    pub(super) fn forget(&self) {
        self.token.take();
        if let Some(requests) = self.requests.take() {
            requests.abort();
        }
        self.files.drop_pictures();
    }

    fn line(&self) -> Line {
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

    /// Runs a question beside the page; its answer is nobody's when the session or the card is over.
    fn spawn(self: &Rc<Self>, question: Pin<Box<dyn Future<Output = Option<Event>>>>) {
        let app = Rc::downgrade(self);
        let signal = self.line().signal;
        wasm_bindgen_futures::spawn_local(async move {
            let answer = question.await;
            if signal.is_some_and(|signal| signal.aborted()) {
                return;
            }
            if let (Some(event), Some(app)) = (answer, app.upgrade()) {
                let loaded = matches!(event, Event::Talent(..) | Event::Activity(..));
                app.dispatch(event);
                if loaded && app.card.borrow().person.is_complete() && !app.drawn.replace(true) {
                    exports::mark("eloops-card-drawn");
                }
            }
        });
    }

    fn ask_host(self: &Rc<Self>) {
        let Some(get_token) = self.options.borrow().get_token.clone() else {
            return;
        };
        let app = Rc::downgrade(self);
        self.spawn(Box::pin(async move {
            let token = requests::host_token(&get_token).await;
            let app = app.upgrade()?;
            Some(Event::HostToken(token.map(|token| {
                app.token.replace(Some(token));
            })))
        }));
    }

    fn prepare(self: &Rc<Self>) {
        let app = Rc::downgrade(self);
        self.spawn(Box::pin(async move {
            let made = pairing::make().await;
            let app = app.upgrade()?;
            Some(Event::Prepared(match made {
                Some((secret, ticket)) => {
                    app.secret.replace(Some(secret));
                    Ok(ticket)
                }
                None => Err(FailureKind::Unreadable.into()),
            }))
        }));
    }

    fn claim(self: &Rc<Self>) {
        let Some(secret) = self.secret.borrow().clone() else {
            return;
        };
        let (app, line) = (Rc::downgrade(self), self.line());
        self.spawn(Box::pin(async move {
            let claimed = requests::claim(&line, &secret).await;
            let app = app.upgrade()?;
            // The person may have started over while the answer was on its way.
            if app.secret.borrow().as_deref() != Some(&secret) {
                return None;
            }
            Some(Event::Claimed(claimed.map(|session| {
                let ready = session.is_some();
                if ready {
                    app.secret.take();
                    app.token.replace(session);
                }
                ready
            })))
        }));
    }

    fn sign_out(&self) {
        let line = Line {
            signal: None,
            ..self.line()
        };
        wasm_bindgen_futures::spawn_local(async move { requests::sign_out(&line).await });
    }

    fn get_image(self: &Rc<Self>, image: Image) {
        let (app, line) = (Rc::downgrade(self), self.line());
        self.spawn(Box::pin(async move {
            let picture = requests::picture(&line, &image).await;
            let app = app.upgrade()?;
            if line.signal.is_some_and(|signal| signal.aborted()) {
                return None;
            }
            Some(Event::Image(
                image,
                picture.and_then(|picture| app.files.keep(&picture)),
            ))
        }));
    }

    fn post(self: &Rc<Self>) {
        let Some(picked) = self.files.picked() else {
            return;
        };
        let field = self
            .shadow
            .query_selector("input[name=caption]")
            .ok()
            .flatten();
        let caption = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let caption = caption.map(|field| field.value()).unwrap_or_default();
        let line = self.line();
        self.spawn(Box::pin(async move {
            Some(requests::post(&line, &picked, &caption).await)
        }));
    }

    fn start(self: &Rc<Self>, timer: Timer, after: u32) {
        let app = Rc::downgrade(self);
        let timeout = Timeout::new(after, move || {
            let Some(app) = app.upgrade() else { return };
            app.timers
                .borrow_mut()
                .retain(|(running, _)| *running != timer);
            app.dispatch(Event::Timer(timer));
        });
        let mut timers = self.timers.borrow_mut();
        timers.retain(|(running, _)| *running != timer);
        timers.push((timer, timeout));
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
