use super::{Card, Composer, Effect, Event, Images, Person, Place, Privacy, Team, Timer};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;

/// Whether the card may make requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// The host was asked for a token.
    Asking,
    /// The host gave no token.
    Refused(Failure),
    /// Nobody is signed in.
    Out,
    /// Somebody is; the token is kept outside.
    In {
        /// Whether the host's token was refused once already, so that asking again helps nothing.
        renewed: bool,
        /// Whether the host was asked for another one and has not answered.
        asking: bool,
    },
}

impl Access {
    /// Somebody is in with a token that was not refused yet.
    pub(super) const FRESH: Self = Self::In {
        renewed: false,
        asking: false,
    };
}

/// Why nobody is signed in, or why a sign-in begins again.
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
    /// Whether requests may be made.
    pub(super) fn is_in(&self) -> bool {
        matches!(self.access, Access::In { .. })
    }

    pub(super) fn on_access(&mut self, event: Event) {
        match event {
            Event::HostToken(true, result) => self.on_stronger_token(result),
            Event::HostToken(false, Ok(())) => {
                let renewed = matches!(self.access, Access::In { renewed: true, .. });
                self.access = Access::In {
                    renewed,
                    asking: false,
                };
                // The host may have another person's by now; see `on_me`.
                if self.me.here().is_some() {
                    self.wish(Effect::GetMe);
                }
                self.load();
                self.load_privacy();
            }
            Event::HostToken(false, Err(failure)) => {
                self.forget();
                self.access = Access::Refused(failure);
            }
            Event::Renewed(result) if self.is_in() => self.on_renewed(result),
            Event::Timer(Timer::Renew) if self.is_in() => self.wish(Effect::Renew),
            // Only the answer to a sign-out that the person asked for is of interest to them.
            Event::SignedOut(link) if self.access == Access::Out && self.why == Why::Left => {
                self.microsoft_sign_out = link;
            }
            other => self.on_pairing(other),
        }
    }

    pub(super) fn leave(&mut self) {
        if self.is_in() && !self.host_signs_in {
            self.wish(Effect::SignOut);
            self.sign_out(Why::Left);
            self.wish(Effect::Focus(super::Focus::Heading));
        }
    }

    /// Tries again to get in, where that failed; false where it did not.
    pub(super) fn retry_access(&mut self) -> bool {
        if matches!(self.access, Access::Refused(_)) {
            self.access = Access::Asking;
            self.wish(Effect::AskHost(None));
            return true;
        }
        self.retry_pairing()
    }

    /// The server no longer takes the token: asks the host for a new one once, or for a sign-in.
    pub(super) fn token_refused(&mut self, failure: Failure) {
        match self.access {
            Access::In { renewed: false, .. } if self.host_signs_in => {
                self.access = Access::In {
                    renewed: true,
                    asking: true,
                };
                self.wish(Effect::AskHost(None));
            }
            // Questions asked at the same time are refused together; they are asked again with the next one.
            Access::In { asking: true, .. } => {}
            Access::In { .. } if self.host_signs_in => {
                self.forget();
                self.access = Access::Refused(failure);
            }
            Access::In { .. } => self.sign_out(Why::Ended),
            _ => {}
        }
    }

    /// Whether a failure is that the token is no longer taken; what that asks for is then on its way.
    pub(super) fn is_refusal(&mut self, failure: &Failure) -> bool {
        let refused = failure.kind == FailureKind::SignedOut;
        if refused {
            self.token_refused(failure.clone());
        }
        refused
    }

    /// A request went well, so the token is good.
    pub(super) fn token_taken(&mut self) {
        if let Access::In {
            renewed,
            asking: false,
        } = &mut self.access
        {
            *renewed = false;
        }
    }

    fn sign_out(&mut self, why: Why) {
        self.forget();
        self.access = Access::Out;
        self.prepare(why);
    }

    /// Drops the token and everything that was read with it: nothing of it stays on the screen.
    fn forget(&mut self) {
        self.clear();
        self.microsoft_sign_out = None;
        self.wish(Effect::Forget);
        self.wish(Effect::Stop(Timer::Renew));
    }

    /// Drops what was read.
    pub(super) fn clear(&mut self) {
        self.me = Half::Waiting;
        self.place = Place::start(self.asked.as_deref());
        self.person = Person::new(self.asked.as_deref().unwrap_or_default());
        self.team = Team::default();
        self.privacy = Privacy::default();
        self.images = Images::default();
        self.composer = Composer::Closed;
        self.notice = None;
        self.challenge = None;
        self.wish(Effect::DropFile);
        self.wish(Effect::Stop(Timer::Poll));
    }
}
