//! A card that has nothing to show but why.

use super::parts::Say;
use super::{can_retry, icon, parts, person};
use crate::card::{Access, Card, Screen};
use crate::failure::{Failure, FailureKind};
use crate::node::{Element, element};
use crate::text::{Text, Words, isolate};

pub(super) fn view(card: &Card, kind: FailureKind, words: Words<'_>) -> Element {
    let reference =
        reference(card, kind).map(|reference| words.fill(Text::Reference, &isolate(reference)));
    let signed_in = matches!(card.access, Access::In { .. });
    element("div", "panel")
        .with("data-testid", Screen::Failed(kind).name())
        .child(icon::info())
        .child(parts::heading(words.say(title(kind))))
        .child(element("p", "").say(words, explained(kind)))
        .child_some(reference.map(|text| element("p", "small").text(&text)))
        .child(
            element("div", "buttons")
                .child_some(can_retry(kind).then(|| parts::retry(words)))
                .child_some((signed_in && !card.host_signs_in).then(|| person::sign_out(words))),
        )
}

/// The id to quote, of whichever request failed that way.
fn reference(card: &Card, kind: FailureKind) -> Option<&str> {
    let refused = match &card.access {
        Access::Refused(failure) => Some(failure),
        _ => None,
    };
    let failures: [Option<&Failure>; 5] = [
        refused,
        card.me.missing(),
        card.person.activity.missing(),
        card.person.talent.missing(),
        card.team.members.missing(),
    ];
    let worth_it = matches!(
        kind,
        FailureKind::Server | FailureKind::Refused | FailureKind::Unreadable
    );
    let mut found = failures
        .into_iter()
        .flatten()
        .filter(|failure| worth_it && failure.kind == kind);
    found.find_map(|failure| failure.reference.as_deref())
}

/// A failure in a few words.
pub(super) fn title(kind: FailureKind) -> Text {
    match kind {
        FailureKind::NotAllowed => Text::NotAllowedTitle,
        FailureKind::Inactive => Text::InactiveTitle,
        FailureKind::NotBegun => Text::NotBegunTitle,
        FailureKind::NotLinked => Text::NotLinkedTitle,
        FailureKind::SignedOut => Text::RefusedTitle,
        FailureKind::Offline | FailureKind::Unreachable => Text::OfflineTitle,
        _ => Text::ErrorTitle,
    }
}

/// A failure, and what to do about it.
pub(super) fn explained(kind: FailureKind) -> Text {
    match kind {
        FailureKind::Offline => Text::Offline,
        FailureKind::Unreachable => Text::Unreachable,
        FailureKind::SignedOut => Text::Refused,
        FailureKind::NotAllowed => Text::NotAllowed,
        FailureKind::Inactive => Text::Inactive,
        FailureKind::NotBegun => Text::NotBegun,
        FailureKind::NotLinked => Text::NotLinked,
        FailureKind::TooMany => Text::TooMany,
        FailureKind::Challenged => Text::Challenge,
        FailureKind::NoConsent => Text::NoConsent,
        FailureKind::Unreadable => Text::Unreadable,
        FailureKind::TooLarge
        | FailureKind::WrongType
        | FailureKind::Ended
        | FailureKind::Server
        | FailureKind::Refused => Text::ServerFault,
    }
}

/// Why a file was not posted.
pub(super) fn of_posting(kind: FailureKind) -> Text {
    match kind {
        FailureKind::TooLarge => Text::TooLarge,
        FailureKind::WrongType => Text::WrongType,
        FailureKind::Refused => Text::PostRefused,
        FailureKind::NotAllowed => Text::PostNotAllowed,
        FailureKind::SignedOut => Text::SignInFirst,
        other => explained(other),
    }
}

/// Why no sign-in could be prepared.
pub(super) fn of_signing_in(kind: FailureKind) -> Text {
    match kind {
        FailureKind::Unreadable => Text::NoSignIn,
        other => explained(other),
    }
}
