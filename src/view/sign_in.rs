//! Signing in through a window of its own, paired with this panel by a code.

use super::parts::Say;
use super::{failure, parts};
use crate::card::{Card, Pairing, Why};
use crate::node::{Element, element};
use crate::pairing::Ticket;
use crate::text::{Text, Words};

pub(super) fn view(card: &Card, words: Words<'_>) -> Element {
    let panel = element("div", "panel sign-in");
    match &card.pairing {
        Pairing::Waiting(ticket) => {
            let panel = panel.child(parts::heading(words.say(Text::WaitingTitle)));
            window(panel, card, ticket, words)
        }
        Pairing::Failed(failure) => panel
            .child(parts::heading(words.say(Text::ErrorTitle)))
            .child(element("p", "").say(words, failure::of_signing_in(failure.kind)))
            .child(parts::retry(words)),
        Pairing::Ready(ticket) => start(panel, card, Some(ticket), words),
        _ => start(panel, card, None, words),
    }
}

/// What went before.
fn before(card: &Card) -> Option<Text> {
    match card.why {
        Why::First => None,
        Why::Ended => Some(Text::SignInEnded),
        Why::Left => Some(Text::SignInLeft),
        Why::Late => Some(Text::SignInLate),
    }
}

/// What a screen reader says: a text that comes into the page with its place is not heard by itself.
pub(super) fn said<'a>(card: &Card, words: Words<'a>) -> &'a str {
    match &card.pairing {
        Pairing::Waiting(_) => words.say(Text::WaitingWhy),
        Pairing::Failed(failure) => words.say(failure::of_signing_in(failure.kind)),
        _ => before(card).map_or("", |text| words.say(text)),
    }
}

fn start(panel: Element, card: &Card, ticket: Option<&Ticket>, words: Words<'_>) -> Element {
    panel
        .child(parts::heading(words.say(Text::SignInTitle)))
        .child_some(before(card).map(|text| element("p", "before").say(words, text)))
        .child_some(
            card.microsoft_sign_out
                .as_deref()
                .map(|page| parts::link(page, Text::MicrosoftSignOut, words)),
        )
        .child(element("p", "").say(words, Text::SignInWhy))
        .child(
            parts::button("sign-in", "strong")
                .flag("disabled", ticket.is_none())
                .say(words, Text::SignIn),
        )
        .child_some(ticket.map(|ticket| code(ticket, words)))
}

/// What to do while the window is open, and what to do when there is none.
pub(super) fn window(place: Element, card: &Card, ticket: &Ticket, words: Words<'_>) -> Element {
    place
        .with("data-pairing", "waiting")
        .child(element("p", "").say(words, Text::WaitingWhy))
        .child(code(ticket, words))
        .child(
            element("p", "small")
                .say(words, Text::NoWindow)
                .text(" ")
                .child(parts::link(
                    &card.sign_in_address(&ticket.challenge),
                    Text::OpenWindow,
                    words,
                )),
        )
        .child(parts::button("cancel-sign-in", "quiet").say(words, Text::Cancel))
}

fn code(ticket: &Ticket, words: Words<'_>) -> Element {
    element("dl", "code")
        .child(element("dt", "").say(words, Text::CodeLabel))
        .child(
            element("dd", "digits")
                .with("dir", "ltr")
                .with("data-testid", "confirm-code")
                .text(ticket.code.as_str()),
        )
        .child(element("dd", "small").say(words, Text::CodeWhy))
}
