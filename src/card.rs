//! The card's state and how it changes: events in, effects out. No page, no network, no clock.

mod access;
mod composer;
mod effect;
mod event;
mod images;
mod person;
mod place;
mod team;
mod update;

pub use access::{Access, Pairing, Why};
pub use composer::{Composer, Picked};
pub use effect::{Effect, Focus, Timer};
pub use event::{Act, Event, Fresh};
pub use images::{Image, Images};
pub use person::Person;
pub use place::{Place, Screen};
pub use team::Team;

use eloops_api::Me;

use crate::half::Half;

/// How long an open card waits between two looks at its numbers, in milliseconds.
pub const POLL_EVERY_MS: u32 = 15_000;

/// The longest wait between two looks while the server fails, in milliseconds.
pub const POLL_AT_MOST_MS: u32 = 240_000;

/// What the person should hear, in the order of the card's life; read out by a screen reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The numbers changed while the card was open.
    Changed,
    /// An upload was posted and earned this many coins.
    Posted(i64),
    /// The numbers were read again and are the same.
    Unchanged,
}

/// Everything the card knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The worker the host asked for; none for the person's own card.
    pub asked: Option<String>,
    /// The Eloops server's address, without a slash at its end.
    pub api: String,
    /// Whether the host hands tokens over, so that there is nobody to sign in or out here.
    pub host_signs_in: bool,
    /// Whether requests may be made.
    pub access: Access,
    /// Who is signed in.
    pub me: Half<Me>,
    /// Where the person is.
    pub place: Place,
    /// The worker shown, when the place is one.
    pub person: Person,
    /// The direct reports, once asked for.
    pub team: Team,
    /// Pictures by what they show.
    pub images: Images,
    /// A photo or video about to be posted.
    pub composer: Composer,
    /// What to say about the last change.
    pub notice: Option<Notice>,
    /// Whether the card can be seen; a hidden one asks nothing.
    pub visible: bool,
    /// What is to be done about the event being taken in.
    wishes: Vec<Effect>,
}

impl Card {
    /// A card for a worker, or for whoever signs in; and what to do first.
    pub fn new(api: String, asked: Option<String>, host_signs_in: bool) -> (Self, Vec<Effect>) {
        let access = if host_signs_in {
            Access::Asking
        } else {
            Access::Out(Pairing::Preparing, Why::First)
        };
        let card = Self {
            place: Place::start(asked.as_deref()),
            person: Person::new(asked.as_deref().unwrap_or_default()),
            asked,
            api,
            host_signs_in,
            access,
            me: Half::Waiting,
            team: Team::default(),
            images: Images::default(),
            composer: Composer::Closed,
            notice: None,
            visible: true,
            wishes: Vec::new(),
        };
        let first = if host_signs_in {
            Effect::AskHost
        } else {
            Effect::Prepare
        };
        (card, vec![first])
    }

    /// Wants something done outside.
    fn wish(&mut self, effect: Effect) {
        self.wishes.push(effect);
    }

    /// Where the sign-in window opens for a challenge.
    pub fn sign_in_address(&self, challenge: &str) -> String {
        [self.api.as_str(), "/auth/start?challenge=", challenge].concat()
    }

    /// Whether the person shown is the one signed in.
    pub fn is_own(&self) -> bool {
        self.place == Place::Person
            && self
                .me
                .here()
                .and_then(|me| me.member.as_ref())
                .is_some_and(|member| member.worker_number == self.person.number)
    }

    /// Whether the signed-in person has somebody to look after and the host asked for nobody.
    pub fn has_team(&self) -> bool {
        self.asked.is_none() && self.me.here().is_some_and(|me| me.is_manager)
    }
}

#[cfg(test)]
pub(crate) mod tests;
