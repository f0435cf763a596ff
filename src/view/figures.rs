//! The two big figures.

use eloops_api::Activity;

use super::icon;
use crate::card::Card;
use crate::node::{Element, element};
use crate::text::{Text, Words, isolate};

pub(super) fn view(card: &Card, activity: &Activity, words: Words<'_>) -> Element {
    element("dl", "figures")
        .child(coins(card, activity, words))
        .child(uploads(activity, words))
}

fn coins(card: &Card, activity: &Activity, words: Words<'_>) -> Element {
    let figure = figure(icon::coin(), words.say(Text::Coins));
    match activity.coins {
        Some(coins) => figure
            .child(
                element("dd", "big")
                    .with("data-testid", "coins")
                    .text(&words.format.number(coins.balance)),
            )
            .child(element("dd", "small").text(&words.count(Text::Earned, coins.earned_total))),
        // Whoever keeps them to themselves is in their right: a sentence, not a fault.
        None => figure.child(element("dd", "unshared").text(&match card.person.name() {
            Some(name) => words.fill(Text::KeepsPrivate, &isolate(name)),
            None => words.say(Text::NotSharedWhy).into(),
        })),
    }
}

fn uploads(activity: &Activity, words: Words<'_>) -> Element {
    let last = match &activity.last_activity_at {
        Some(time) => words.fill(Text::LastActivity, &words.format.ago(time)),
        None => words.say(Text::NoActivity).into(),
    };
    figure(icon::picture(), words.say(Text::Uploads))
        .child(
            element("dd", "big")
                .with("data-testid", "uploads")
                .text(&words.format.number(activity.uploads.total)),
        )
        .child(element("dd", "small").text(&last))
}

fn figure(icon: Element, label: &str) -> Element {
    element("div", "figure").child(element("dt", "").child(icon).text(label))
}
