//! What the card looks like for what it knows: state in, nodes out.

mod composer;
mod failure;
mod figures;
mod gallery;
mod icon;
mod parts;
mod person;
mod privacy;
mod sign_in;
mod skeleton;
mod talent_half;
mod talent_line;
mod team;

use parts::Say;

use crate::card::{Card, Notice, Screen};
use crate::failure::FailureKind;
use crate::node::{Element, Node, element};
use crate::text::{Text, Words};

/// The whole card.
pub fn view(card: &Card, words: Words<'_>) -> Node {
    let screen = card.screen();
    let busy = screen == Screen::Loading || card.person.looking;
    element("section", "card")
        .with("data-state", screen.name())
        .with("dir", words.direction())
        .with("aria-label", words.say(Text::CardLabel))
        .with("aria-busy", if busy { "true" } else { "false" })
        .child_some(places(card, screen, words))
        .child(body(card, screen, words))
        .child(
            element("p", "heard")
                .with("role", "status")
                .text(&said(card, screen, words)),
        )
        .into()
}

/// The card before its texts are here: shapes only.
pub fn wordless() -> Node {
    element("section", "card")
        .with("data-state", Screen::Loading.name())
        .with("aria-busy", "true")
        .child(
            element("div", "screen")
                .key(Screen::Loading.name())
                .child(skeleton::card()),
        )
        .into()
}

fn screen_key(card: &Card, screen: Screen) -> String {
    match screen {
        Screen::Person => ["person ", card.person.number.as_str()].concat(),
        other => other.name().into(),
    }
}

fn body(card: &Card, screen: Screen, words: Words<'_>) -> Element {
    // Each screen is a piece of its own: nothing of one turns into a part of another.
    let place = element("div", "screen").key(&screen_key(card, screen));
    match screen {
        Screen::Loading => place.child(skeleton::card()),
        Screen::SignIn => place.child(sign_in::view(card, words)),
        Screen::Person => person::view(place, card, words),
        Screen::Team => team::view(place, card, words),
        Screen::Failed(kind) => place.child(failure::view(card, kind, words)),
    }
}

/// The way between the own card and the team, and back from a person.
fn places(card: &Card, screen: Screen, words: Words<'_>) -> Option<Element> {
    use crate::card::Place;
    if !card.has_team() || screen == Screen::SignIn {
        return None;
    }
    let tab = |act: &'static str, text: Text, here: bool| {
        element("button", "tab")
            .with("type", "button")
            .with("data-act", act)
            .with_some("aria-current", here.then_some("page"))
            .say(words, text)
    };
    let elsewhere = card.place == Place::Person && !card.is_own();
    Some(
        element("nav", "places")
            .child(tab("me", Text::MyCard, card.is_own()))
            .child(tab("team", Text::MyTeam, card.place == Place::Team))
            .child_some(elsewhere.then(|| {
                parts::button("team", "back quiet")
                    .child(icon::back())
                    .say(words, Text::BackToTeam)
            })),
    )
}

/// What a screen reader says about the last change.
fn said(card: &Card, screen: Screen, words: Words<'_>) -> String {
    match screen {
        Screen::Loading => words.say(Text::Loading).into(),
        Screen::Failed(kind) => words.say(failure::title(kind)).into(),
        Screen::SignIn => sign_in::said(card, words).into(),
        Screen::Team => String::new(),
        Screen::Person => match card.notice {
            // It is shown as a text of its own, which is heard by itself.
            Some(Notice::Posted(_)) => String::new(),
            None if card.person.stale.is_some() => words.say(Text::Stale).into(),
            None => talent_half::said(card, words).into(),
            Some(Notice::Shared(true)) => words.say(Text::Shared).into(),
            Some(Notice::Shared(false)) => words.say(Text::Unshared).into(),
            Some(Notice::Unchanged) => words.say(Text::Unchanged).into(),
            Some(Notice::Changed) => {
                card.person
                    .activity
                    .here()
                    .map_or_else(String::new, |activity| {
                        let uploads = words.count(Text::CountUploads, activity.uploads.total);
                        match activity.coins {
                            Some(coins) => {
                                let coins = words.count(Text::CountCoins, coins.balance);
                                words.fill_two(Text::Changed, &coins, &uploads)
                            }
                            None => uploads,
                        }
                    })
            }
        },
    }
}

/// Whether trying again can help against a failure.
fn can_retry(kind: FailureKind) -> bool {
    !kind.withdraws()
}

#[cfg(test)]
mod tests;
