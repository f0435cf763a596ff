//! Signing in through a window of its own, paired with this panel by a code.

use super::parts::Say;
use super::{failure, parts};
use crate::card::{Access, Card, Pairing, Why};
use crate::node::{Element, element};
use crate::pairing::Ticket;
use crate::text::{Text, Words};

pub(super) fn view(card: &Card, words: Words<'_>) -> Element {
    let panel = element("div", "panel sign-in");
    let Access::Out(pairing, why) = &card.access else {
        return panel;
    };
    match pairing {
        Pairing::Waiting(ticket) => waiting(panel, card, ticket, words),
        Pairing::Failed(failure) => panel
            .child(parts::heading(words.say(Text::ErrorTitle)))
            .child(element("p", "").say(words, failure::of_signing_in(failure.kind)))
            .child(parts::retry(words)),
        Pairing::Preparing => start(panel, None, *why, words),
        Pairing::Ready(ticket) => start(panel, Some(ticket), *why, words),
    }
}

fn start(panel: Element, ticket: Option<&Ticket>, why: Why, words: Words<'_>) -> Element {
    let before = match why {
        Why::First => None,
        Why::Ended => Some(Text::SignInEnded),
        Why::Left => Some(Text::SignInLeft),
        Why::Late => Some(Text::SignInLate),
    };
    panel
        .child(parts::heading(words.say(Text::SignInTitle)))
        .child_some(before.map(|text| {
            element("p", "before")
                .with("role", "status")
                .say(words, text)
        }))
        .child(element("p", "").say(words, Text::SignInWhy))
        .child(
            parts::button("sign-in", "strong")
                .flag("disabled", ticket.is_none())
                .say(words, Text::SignIn),
        )
        .child_some(ticket.map(|ticket| code(ticket, words)))
}

fn waiting(panel: Element, card: &Card, ticket: &Ticket, words: Words<'_>) -> Element {
    panel
        .with("data-pairing", "waiting")
        .child(parts::heading(words.say(Text::WaitingTitle)))
        .child(
            element("p", "")
                .with("role", "status")
                .say(words, Text::WaitingWhy),
        )
        .child(code(ticket, words))
        .child(
            element("p", "small")
                .say(words, Text::NoWindow)
                .text(" ")
                .child(
                    element("a", "")
                        .with("href", &card.sign_in_address(&ticket.challenge))
                        .with("target", "_blank")
                        .with("rel", "noopener")
                        .say(words, Text::OpenWindow),
                ),
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
