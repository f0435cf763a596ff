//! The card's state and how it changes: events in, effects out. No page, no network, no clock.

mod access;
mod composer;
mod effect;
mod event;
mod images;
mod pairing;
mod person;
mod place;
mod privacy;
mod session;
mod team;
mod update;

pub use access::{Access, Why};
pub use composer::{Composer, Picked};
pub use effect::{Effect, Focus, Timer};
pub use event::{Act, Event, Fresh};
pub use images::{Image, Images};
pub use pairing::Pairing;
pub use person::Person;
pub use place::{Place, Screen};
pub use privacy::Privacy;
pub use session::{RENEW_AGAIN_MS, RENEW_BEFORE_MS};
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
    /// The reporting line sees the coins now, or no longer.
    Shared(bool),
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
    /// The customer's tenant, where one server has several; for the sign-in.
    pub tenant: Option<String>,
    /// The language that the card speaks, for the sign-in's pages.
    pub locale: &'static str,
    /// Whether requests may be made.
    pub access: Access,
    /// The paired sign-in under way.
    pub pairing: Pairing,
    /// Why there is one.
    pub why: Why,
    /// What Microsoft asks for before Talent answers, as JSON; asked for once of a host.
    pub challenge: Option<String>,
    /// Where to sign out of Microsoft too, after a sign-out.
    pub microsoft_sign_out: Option<String>,
    /// Who is signed in.
    pub me: Half<Me>,
    /// Where the person is.
    pub place: Place,
    /// The worker shown, when the place is one.
    pub person: Person,
    /// The direct reports, once asked for.
    pub team: Team,
    /// Who may see the own card and who did.
    pub privacy: Privacy,
    /// Pictures by what they show.
    pub images: Images,
    /// A photo or video about to be posted.
    pub composer: Composer,
    /// What to say about the last change.
    pub notice: Option<Notice>,
    /// Whether the card can be seen; a hidden one asks nothing.
    pub visible: bool,
    /// Tries to renew the session that had no answer, in a row.
    renewals_failed: u32,
    /// What is to be done about the event being taken in.
    wishes: Vec<Effect>,
}

impl Card {
    /// A card for a worker, or for whoever signs in; and what to do first.
    pub fn new(api: String, asked: Option<String>, host_signs_in: bool) -> (Self, Vec<Effect>) {
        let (access, pairing, first) = if host_signs_in {
            (Access::Asking, Pairing::None, Effect::AskHost(None))
        } else {
            (Access::Out, Pairing::Preparing, Effect::Prepare)
        };
        let card = Self {
            place: Place::start(asked.as_deref()),
            person: Person::new(asked.as_deref().unwrap_or_default()),
            asked,
            api,
            host_signs_in,
            tenant: None,
            locale: "",
            access,
            pairing,
            why: Why::First,
            challenge: None,
            microsoft_sign_out: None,
            me: Half::Waiting,
            team: Team::default(),
            privacy: Privacy::default(),
            images: Images::default(),
            composer: Composer::Closed,
            notice: None,
            visible: true,
            renewals_failed: 0,
            wishes: Vec::new(),
        };
        (card, vec![first])
    }

    /// Wants something done outside.
    fn wish(&mut self, effect: Effect) {
        self.wishes.push(effect);
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
