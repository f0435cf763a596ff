use eloops_api::{Activity, Me, Page, TalentWorker, TeamMember, Upload, View, Visibility};

use super::{Image, Picked, Timer};
use crate::failure::Failure;
use crate::pairing::Ticket;

/// What happened outside of the card.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The person did something.
    Act(Act),
    /// The host gave a token, or did not; whether it was asked for one that meets a challenge.
    HostToken(bool, Result<(), Failure>),
    /// The ticket for a paired sign-in is ready.
    Prepared(Result<Box<Ticket>, Failure>),
    /// Whether the pairing was confirmed, and how many milliseconds the session lasts; the session itself
    /// stays outside.
    Claimed(Result<Option<u32>, Failure>),
    /// The session was renewed and lasts so many milliseconds, or was not.
    Renewed(Result<u32, Failure>),
    /// The session is over; where to sign out of Microsoft too.
    SignedOut(Option<String>),
    /// Who is signed in.
    Me(Result<Box<Me>, Failure>),
    /// The worker record of a number.
    Talent(String, Result<Box<TalentWorker>, Failure>),
    /// The activity of a number.
    Activity(String, Result<Fresh, Failure>),
    /// A page of the team; whether it continues an earlier one.
    Team(bool, Result<Box<Page<TeamMember>>, Failure>),
    /// What the reporting line sees.
    Visibility(Result<Box<Visibility>, Failure>),
    /// A choice of what it sees was saved, or was not.
    Saved(Result<Box<Visibility>, Failure>),
    /// A page of who looked; whether it continues an earlier one.
    Views(bool, Result<Box<Page<View>>, Failure>),
    /// A picture's address in the page, or that there is none.
    Image(Image, Option<String>),
    /// The person picked a file.
    Picked(Box<Picked>),
    /// The picked file was posted.
    Posted(Result<Box<Upload>, Failure>),
    /// A timer ran out.
    Timer(Timer),
    /// The card came into view or went out of it.
    Visible(bool),
    /// The browser's network came back.
    Online,
    /// The host shows another worker, or none.
    Ask(Option<String>),
}

/// An answer to a question that may have been answered before.
#[derive(Debug, Clone, PartialEq)]
pub enum Fresh {
    /// New numbers and the `ETag` to ask with next time.
    New(Box<Activity>, Option<String>),
    /// Still the same, as of this RFC 3339 time.
    Same(String),
}

/// What the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Open the sign-in window.
    SignIn,
    /// Give up the sign-in under way.
    CancelSignIn,
    /// Sign out.
    SignOut,
    /// Try again what failed.
    Retry,
    /// Look at the numbers now.
    Refresh,
    /// Open a person of the team.
    Open(String),
    /// Show the team.
    ShowTeam,
    /// Show the own card.
    ShowMe,
    /// Load the next page of the team.
    MoreTeam,
    /// Open or close who may see the own card.
    Privacy,
    /// Share the coins with the reporting line, or no longer.
    Share,
    /// Load the next page of who looked.
    MoreViews,
    /// Post the picked file.
    Post,
    /// Do not post the picked file.
    CancelPost,
}

impl Act {
    /// The act that an element of the page names, with its argument.
    pub fn named(name: &str, argument: Option<String>) -> Option<Self> {
        Some(match name {
            "sign-in" => Self::SignIn,
            "cancel-sign-in" => Self::CancelSignIn,
            "sign-out" => Self::SignOut,
            "retry" => Self::Retry,
            "refresh" => Self::Refresh,
            "open" => Self::Open(argument?),
            "team" => Self::ShowTeam,
            "me" => Self::ShowMe,
            "more-team" => Self::MoreTeam,
            "privacy" => Self::Privacy,
            "share" => Self::Share,
            "more-views" => Self::MoreViews,
            "post" => Self::Post,
            "cancel-post" => Self::CancelPost,
            _ => return None,
        })
    }
}
