use super::{Act, Card, Composer, Effect, Event, Focus, Images, Person, Place, Team, Timer};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;
use crate::pairing::{CLAIM_EVERY_MS, LIFETIME_MS, Ticket};

/// Whether the card may make requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// The host was asked for a token.
    Asking,
    /// The host gave no token.
    Refused(Failure),
    /// Nobody is signed in.
    Out(Pairing, Why),
    /// Somebody is; the token is kept outside.
    In {
        /// Whether the host's token was refused once already, so that asking again helps nothing.
        renewed: bool,
    },
}

/// How far a paired sign-in is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairing {
    /// The secret is being made.
    Preparing,
    /// The window can be opened.
    Ready(Box<Ticket>),
    /// The window is open.
    Waiting(Box<Ticket>),
    /// It cannot be made or claimed.
    Failed(Failure),
}

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Nobody has been yet.
    First,
    /// The session came to its end.
    Ended,
    /// The person signed out.
    Left,
    /// The window was open for too long, or cancelled.
    Late,
}

impl Card {
    pub(super) fn on_access(&mut self, event: Event) {
        match event {
            Event::HostToken(Ok(())) => {
                let renewed = matches!(self.access, Access::In { renewed: true });
                self.access = Access::In { renewed };
                self.load();
            }
            Event::HostToken(Err(failure)) => self.access = Access::Refused(failure),
            Event::Prepared(result) => {
                if let Access::Out(pairing @ Pairing::Preparing, _) = &mut self.access {
                    *pairing = match result {
                        Ok(ticket) => Pairing::Ready(ticket),
                        Err(failure) => Pairing::Failed(failure),
                    };
                }
            }
            Event::Claimed(result) if self.is_pairing() => self.claimed(result),
            Event::Timer(Timer::Claim) if self.is_pairing() => self.wish(Effect::Claim),
            Event::Timer(Timer::Pairing) if self.is_pairing() => self.prepare(Why::Late),
            _ => {}
        }
    }

    pub(super) fn on_sign_in_act(&mut self, act: &Act) {
        match (act, &mut self.access) {
            (Act::SignIn, Access::Out(pairing @ Pairing::Ready(_), _)) => {
                let Pairing::Ready(ticket) = std::mem::replace(pairing, Pairing::Preparing) else {
                    return;
                };
                let challenge = ticket.challenge.clone();
                *pairing = Pairing::Waiting(ticket);
                self.wish(Effect::OpenSignIn(self.sign_in_address(&challenge)));
                self.wish(Effect::Start(Timer::Claim, CLAIM_EVERY_MS));
                self.wish(Effect::Start(Timer::Pairing, LIFETIME_MS));
                self.wish(Effect::Focus(Focus::Heading));
            }
            (Act::CancelSignIn, Access::Out(..)) => self.prepare(Why::First),
            (Act::SignOut, Access::In { .. }) if !self.host_signs_in => {
                self.wish(Effect::SignOut);
                self.sign_out(Why::Left);
                self.wish(Effect::Focus(Focus::Heading));
            }
            _ => {}
        }
    }

    /// Tries again to get in, where that failed; false where it did not.
    pub(super) fn retry_access(&mut self) -> bool {
        match self.access {
            Access::Refused(_) => {
                self.access = Access::Asking;
                self.wish(Effect::AskHost);
            }
            Access::Out(Pairing::Failed(_), why) => self.prepare(why),
            _ => return false,
        }
        true
    }

    /// The server no longer takes the token: asks the host for a new one once, or for a sign-in.
    pub(super) fn token_refused(&mut self, failure: Failure) {
        match self.access {
            Access::In { renewed: false } if self.host_signs_in => {
                self.access = Access::In { renewed: true };
                self.wish(Effect::AskHost);
            }
            Access::In { .. } if self.host_signs_in => {
                self.forget();
                self.access = Access::Refused(failure);
            }
            Access::In { .. } => self.sign_out(Why::Ended),
            _ => {}
        }
    }

    /// A request went well, so the token is good.
    pub(super) fn token_taken(&mut self) {
        if let Access::In { renewed } = &mut self.access {
            *renewed = false;
        }
    }

    fn claimed(&mut self, result: Result<bool, Failure>) {
        use FailureKind::{Offline, Server, TooMany, Unreachable};
        match result {
            Ok(true) => {
                self.access = Access::In { renewed: false };
                self.stop_pairing();
                self.load();
            }
            Ok(false) => self.wish(Effect::Start(Timer::Claim, CLAIM_EVERY_MS)),
            // A lost question is asked again until the pairing ends.
            Err(failure) if matches!(failure.kind, Offline | Unreachable | Server | TooMany) => {
                let wait = failure
                    .retry_after
                    .map_or(CLAIM_EVERY_MS * 2, |seconds| seconds.saturating_mul(1_000));
                self.wish(Effect::Start(Timer::Claim, wait));
            }
            Err(failure) if failure.kind == FailureKind::Ended => self.prepare(Why::Late),
            Err(failure) => {
                self.access = Access::Out(Pairing::Failed(failure), Why::First);
                self.stop_pairing();
            }
        }
    }

    fn is_pairing(&self) -> bool {
        matches!(self.access, Access::Out(Pairing::Waiting(_), _))
    }

    fn stop_pairing(&mut self) {
        self.wish(Effect::Stop(Timer::Claim));
        self.wish(Effect::Stop(Timer::Pairing));
    }

    fn prepare(&mut self, why: Why) {
        self.access = Access::Out(Pairing::Preparing, why);
        self.stop_pairing();
        self.wish(Effect::Prepare);
    }

    fn sign_out(&mut self, why: Why) {
        self.forget();
        self.prepare(why);
    }

    /// Drops everything that was read with the token: nothing of it stays on the screen.
    fn forget(&mut self) {
        self.me = Half::Waiting;
        self.place = Place::start(self.asked.as_deref());
        self.person = Person::new(self.asked.as_deref().unwrap_or_default());
        self.team = Team::default();
        self.images = Images::default();
        self.composer = Composer::Closed;
        self.notice = None;
        self.wish(Effect::Forget);
        self.wish(Effect::DropFile);
        self.wish(Effect::Stop(Timer::Poll));
    }
}
