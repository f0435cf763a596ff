use super::{Access, Card, Effect, Event, Focus, Timer, Why};
use crate::failure::{Failure, FailureKind};
use crate::pairing::{CLAIM_EVERY_MS, LIFETIME_MS, Ticket, base64url};

/// How far a paired sign-in is: the way in, or the way to what Microsoft asks for besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairing {
    /// There is none.
    None,
    /// The secret is being made.
    Preparing,
    /// The window can be opened.
    Ready(Box<Ticket>),
    /// The window is open.
    Waiting(Box<Ticket>),
    /// It cannot be made or claimed.
    Failed(Failure),
}

impl Card {
    pub(super) fn on_pairing(&mut self, event: Event) {
        match event {
            Event::Prepared(result) if self.pairing == Pairing::Preparing => {
                self.pairing = match result {
                    Ok(ticket) => Pairing::Ready(ticket),
                    Err(failure) => Pairing::Failed(failure),
                };
            }
            Event::Claimed(result) if self.is_pairing() => self.claimed(result),
            Event::Timer(Timer::Claim) if self.is_pairing() => self.wish(Effect::Claim),
            Event::Timer(Timer::Pairing) if self.is_pairing() => self.prepare(Why::Late),
            _ => {}
        }
    }

    /// Where the sign-in window opens for a challenge.
    pub fn sign_in_address(&self, challenge: &str) -> String {
        let mut address = [self.api.as_str(), "/auth/start?challenge=", challenge].concat();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                address.push_str(name);
                address.push_str(value);
            }
        };
        add("&locale=", self.locale);
        add("&tenant=", self.tenant.as_deref().unwrap_or_default());
        let claims = self.challenge.as_deref().unwrap_or_default();
        add("&claims=", &base64url(claims.as_bytes()));
        address
    }

    /// Opens the sign-in window.
    pub(super) fn open_window(&mut self) {
        match std::mem::replace(&mut self.pairing, Pairing::None) {
            Pairing::Ready(ticket) => {
                let address = self.sign_in_address(&ticket.challenge);
                self.pairing = Pairing::Waiting(ticket);
                self.wish(Effect::OpenSignIn(address));
                self.wish(Effect::Start(Timer::Claim, CLAIM_EVERY_MS));
                self.wish(Effect::Start(Timer::Pairing, LIFETIME_MS));
                self.wish(Effect::Focus(self.pairing_focus()));
            }
            other => self.pairing = other,
        }
    }

    /// Gives the sign-in under way up; the next one has another code.
    pub(super) fn cancel_window(&mut self) {
        if self.is_pairing() {
            self.prepare(Why::First);
            self.wish(Effect::Focus(self.pairing_focus()));
        }
    }

    /// Begins again after a sign-in that failed; false where none did.
    pub(super) fn retry_pairing(&mut self) -> bool {
        let failed = matches!(self.pairing, Pairing::Failed(_));
        if failed {
            self.prepare(self.why);
        }
        failed
    }

    /// Makes ready for a sign-in.
    pub(super) fn prepare(&mut self, why: Why) {
        self.stop_pairing();
        self.pairing = Pairing::Preparing;
        self.why = why;
        self.wish(Effect::Prepare);
    }

    fn claimed(&mut self, result: Result<Option<u32>, Failure>) {
        use FailureKind::{Offline, Server, TooMany, Unreachable};
        match result {
            Ok(Some(lasts)) => {
                self.stop_pairing();
                if self.is_in() {
                    self.swap_session();
                } else {
                    self.access = Access::FRESH;
                    self.wish(Effect::TakeSession);
                    self.load();
                }
                self.keep_session(lasts);
            }
            Ok(None) => self.wish(Effect::Start(Timer::Claim, CLAIM_EVERY_MS)),
            // A lost question is asked again until the pairing ends.
            Err(failure) if matches!(failure.kind, Offline | Unreachable | Server | TooMany) => {
                let wait = failure.wait_ms().unwrap_or(CLAIM_EVERY_MS * 2);
                self.wish(Effect::Start(Timer::Claim, wait));
            }
            Err(failure) if failure.kind == FailureKind::Ended => self.prepare(Why::Late),
            Err(failure) => {
                self.stop_pairing();
                self.pairing = Pairing::Failed(failure);
            }
        }
    }

    fn is_pairing(&self) -> bool {
        matches!(self.pairing, Pairing::Waiting(_))
    }

    fn stop_pairing(&mut self) {
        self.pairing = Pairing::None;
        self.wish(Effect::Stop(Timer::Claim));
        self.wish(Effect::Stop(Timer::Pairing));
    }

    /// Where the person goes on: beside Talent's half when only that waits for the window.
    fn pairing_focus(&self) -> Focus {
        if self.is_in() {
            Focus::Challenge
        } else {
            Focus::Heading
        }
    }
}
