use super::{Access, Card};
use crate::failure::FailureKind;
use crate::half::Half;

/// Where in the card the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nowhere yet: who is signed in decides.
    Start,
    /// One worker.
    Person,
    /// The direct reports.
    Team,
}

impl Place {
    pub(super) fn start(asked: Option<&str>) -> Self {
        if asked.is_some() {
            Self::Person
        } else {
            Self::Start
        }
    }
}

/// What fills the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// Something is on its way and there is nothing to show yet.
    Loading,
    /// Nobody is signed in.
    SignIn,
    /// One worker, both halves or one of them.
    Person,
    /// The direct reports.
    Team,
    /// Nothing but a failure.
    Failed(FailureKind),
}

impl Screen {
    /// Its name in the page's `data-state`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::SignIn => "signed-out",
            Self::Person => "person",
            Self::Team => "team",
            Self::Failed(FailureKind::NotAllowed) => "not-allowed",
            Self::Failed(FailureKind::Inactive) => "inactive",
            Self::Failed(FailureKind::NotBegun) => "not-begun",
            Self::Failed(FailureKind::NotLinked) => "not-linked",
            Self::Failed(FailureKind::SignedOut) => "refused",
            Self::Failed(FailureKind::Offline | FailureKind::Unreachable) => "offline",
            Self::Failed(_) => "error",
        }
    }
}

impl Card {
    /// What fills the card now.
    pub fn screen(&self) -> Screen {
        match &self.access {
            Access::Asking => return Screen::Loading,
            Access::Refused(failure) => return Screen::Failed(failure.kind),
            Access::Out => return Screen::SignIn,
            Access::In { .. } => {}
        }
        match self.place {
            Place::Start => match &self.me {
                Half::Missing(failure) => Screen::Failed(failure.kind),
                Half::Here(me) if me.member.is_none() => Screen::Failed(FailureKind::NotLinked),
                _ => Screen::Loading,
            },
            Place::Person => self.person_screen(),
            Place::Team => match &self.team.members {
                Half::Missing(failure) => Screen::Failed(failure.kind),
                _ => Screen::Team,
            },
        }
    }

    fn person_screen(&self) -> Screen {
        // Somebody who may not be here sees that rather than that this one person is not theirs.
        if let Some(kind) = self.own_failure() {
            return Screen::Failed(kind);
        }
        match (&self.person.talent, &self.person.activity) {
            (Half::Here(_), _) | (_, Half::Here(_)) => Screen::Person,
            (Half::Missing(talent), Half::Missing(activity)) => {
                // Two different failures: the one of Eloops' own half says more.
                let both_refused = talent.kind.withdraws() && activity.kind.withdraws();
                Screen::Failed(if both_refused {
                    talent.kind
                } else {
                    activity.kind
                })
            }
            // Somebody known from the team is shown at once, and the rest when it comes.
            _ if self.person.known.is_some() => Screen::Person,
            _ => Screen::Loading,
        }
    }

    fn own_failure(&self) -> Option<FailureKind> {
        let failure = self.me.missing()?;
        matches!(
            failure.kind,
            FailureKind::Inactive | FailureKind::NotBegun | FailureKind::NotLinked
        )
        .then_some(failure.kind)
    }
}
