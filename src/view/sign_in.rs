//! Signing in through a window of its own, paired with this panel by a code.

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
            .child(element("p", "").text(words.say(failure::of_signing_in(failure.kind))))
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
                .text(words.say(text))
        }))
        .child(element("p", "").text(words.say(Text::SignInWhy)))
        .child(
            parts::button("sign-in", "strong")
                .flag("disabled", ticket.is_none())
                .text(words.say(Text::SignIn)),
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
                .text(words.say(Text::WaitingWhy)),
        )
        .child(code(ticket, words))
        .child(
            element("p", "small")
                .text(words.say(Text::NoWindow))
                .text(" ")
                .child(
                    element("a", "")
                        .with("href", &card.sign_in_address(&ticket.challenge))
                        .with("target", "_blank")
                        .with("rel", "noopener")
                        .text(words.say(Text::OpenWindow)),
                ),
        )
        .child(parts::button("cancel-sign-in", "quiet").text(words.say(Text::Cancel)))
}

fn code(ticket: &Ticket, words: Words<'_>) -> Element {
    element("dl", "code")
        .child(element("dt", "").text(words.say(Text::CodeLabel)))
        .child(
            element("dd", "digits")
                .with("dir", "ltr")
                .with("data-testid", "confirm-code")
                .text(ticket.code.as_str()),
        )
        .child(element("dd", "small").text(words.say(Text::CodeWhy)))
}
