use eloops_api::Visibility;

use super::Image;

/// What the card wants done outside of itself. Results come back as events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Ask the host for a token; for one that meets a challenge, with the claims asked for, as JSON.
    AskHost(Option<String>),
    /// Make a secret and its ticket for a paired sign-in.
    Prepare,
    /// Open the sign-in window at an address; only ever the answer to a click.
    OpenSignIn(String),
    /// Ask whether the pairing was confirmed.
    Claim,
    /// Make the claimed session the bearer.
    TakeSession,
    /// Ask for a new session in place of the one in use.
    Renew,
    /// End the session in use at the server.
    SignOut,
    /// Drop the token, and what [`Effect::DropAnswers`] does.
    Forget,
    /// Drop the pictures and every request that is under way.
    DropAnswers,
    /// `GET /me`.
    GetMe,
    /// The worker record of a number.
    GetTalent(String),
    /// The activity of a number, unless it is still the one with this `ETag`.
    GetActivity(String, Option<String>),
    /// The direct reports from a cursor on.
    GetTeam(Option<String>),
    /// What the reporting line sees of the own card.
    GetVisibility,
    /// Choose what it sees.
    PutVisibility(Visibility),
    /// Who looked at the own card, from a cursor on.
    GetViews(Option<String>),
    /// A picture.
    GetImage(Image),
    /// Post the picked file with the caption in the form.
    Post,
    /// Let go of the picked file and its preview.
    DropFile,
    /// Fire a timer's event after some milliseconds; restarts it when it runs.
    Start(Timer, u32),
    /// Stop a timer.
    Stop(Timer),
    /// Put the focus where the person goes on.
    Focus(Focus),
}

impl Effect {
    /// Whether it changes something at the server.
    pub fn writes(&self) -> bool {
        matches!(self, Self::PutVisibility(_) | Self::Post)
    }
}

/// Where a person goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The heading of what is now shown.
    Heading,
    /// The caption of the picked file.
    Caption,
    /// The field that picks a file.
    Add,
    /// What Microsoft asks for beside Talent's half.
    Challenge,
}

impl Focus {
    /// Its name in the page's `data-focus`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::Add => "add",
            Self::Challenge => "challenge",
        }
    }
}

/// The card's timers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    /// The next look at the numbers.
    Poll,
    /// The next question whether the pairing was confirmed.
    Claim,
    /// The end of the pairing.
    Pairing,
    /// The session's renewal.
    Renew,
}
