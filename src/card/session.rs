//! A session's life after the sign-in: renewed before its end, replaced when Microsoft asks for more.

use super::{Card, Effect, Focus, Place, Timer, Why};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;

/// How long before its end a session is renewed, in milliseconds.
pub const RENEW_BEFORE_MS: u32 = 300_000;

/// The wait between two tries to renew while there is no answer, in milliseconds.
pub const RENEW_AGAIN_MS: u32 = 20_000;

impl Card {
    /// Plans the renewal of a session that lasts so many milliseconds from now.
    pub(super) fn keep_session(&mut self, lasts: u32) {
        self.renewals_failed = 0;
        // A shorter one is the last of its sign-in: the server gives none that lasts longer.
        if lasts > RENEW_BEFORE_MS {
            self.wish(Effect::Start(Timer::Renew, lasts - RENEW_BEFORE_MS));
        }
    }

    pub(super) fn on_renewed(&mut self, result: Result<u32, Failure>) {
        match result {
            Ok(lasts) => self.keep_session(lasts),
            Err(failure) if self.is_refusal(&failure) => {}
            // Somebody renewed it before, in a question whose answer was lost perhaps: no loss, and no
            // second try. The bearer in hand stays.
            Err(failure) if failure.kind == FailureKind::Refused => {}
            // Without an answer it is tried until the session is over.
            Err(failure) => {
                self.renewals_failed += 1;
                if self.renewals_failed * RENEW_AGAIN_MS < RENEW_BEFORE_MS {
                    let wait = failure.wait_ms().unwrap_or_default();
                    self.wish(Effect::Start(Timer::Renew, wait.max(RENEW_AGAIN_MS)));
                }
            }
        }
    }

    /// Talent gives the record only after what Microsoft asks for. A host is asked for that once;
    /// otherwise a window is made ready, and what Eloops gave stays on the screen.
    pub(super) fn challenged(&mut self, failure: Failure) {
        let asked = self.challenge.is_some();
        if self.pairing == super::Pairing::None {
            self.challenge.clone_from(&failure.needs);
        }
        if self.challenge.is_none() {
            // Nothing to ask for: no way to solve it.
        } else if self.host_signs_in && !asked {
            self.person.talent = Half::Waiting;
            self.wish(Effect::AskHost(self.challenge.clone()));
            return;
        } else if !self.host_signs_in && self.pairing == super::Pairing::None {
            self.prepare(Why::First);
        }
        self.person.talent = Half::Missing(failure);
    }

    /// The host's answer to a challenge.
    pub(super) fn on_stronger_token(&mut self, result: Result<(), Failure>) {
        match result {
            _ if !self.is_in() || self.place != Place::Person => {}
            Ok(()) => {
                // The host may have asked somebody else; see `on_me`.
                self.wish(Effect::GetMe);
                self.wish(Effect::GetTalent(self.person.number.clone()));
            }
            Err(_) => self.person.talent = Half::Missing(FailureKind::Challenged.into()),
        }
    }

    /// A stronger session takes the place of the one in use, which ends.
    pub(super) fn swap_session(&mut self) {
        self.challenge = None;
        self.wish(Effect::SignOut);
        self.wish(Effect::TakeSession);
        // The window may have signed in somebody else; see `on_me`.
        self.wish(Effect::GetMe);
        if self.place == Place::Person {
            self.person.talent = Half::Waiting;
            self.wish(Effect::GetTalent(self.person.number.clone()));
            self.look_again();
        }
        self.wish(Effect::Focus(Focus::Heading));
    }
}
