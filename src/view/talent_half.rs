//! Talent's half where it is not simply the record: read at another time, refused, or waiting for somebody to
//! do something.

use eloops_api::Source;

use super::parts::Say;
use super::{failure, icon, parts, sign_in};
use crate::card::{Card, Pairing, Why};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;
use crate::node::{Element, element};
use crate::text::{Text, Words};

pub(super) fn view(place: Element, card: &Card, words: Words<'_>) -> Element {
    match &card.person.talent {
        Half::Here(worker) => {
            let remark = worker.notice.as_ref().map(|notice| {
                if notice.code == "consent_missing" {
                    consent(notice.link.as_deref(), words)
                } else {
                    parts::remark(&notice.detail, false, words)
                }
            });
            let synced = (worker.source == Source::Synced).then(|| {
                let text = words.fill(Text::Synced, &words.format.ago(&worker.as_of));
                element("p", "note").child(icon::clock()).text(&text)
            });
            place.child_some(remark).child_some(synced)
        }
        Half::Missing(failure) => place.child(match failure.kind {
            FailureKind::NoConsent => consent(failure.needs.as_deref(), words),
            FailureKind::Challenged if !card.host_signs_in => challenge(card, words),
            kind => {
                let refused = kind == FailureKind::NotAllowed;
                parts::remark(words.say(missing(kind)), !refused, words)
            }
        }),
        Half::Waiting => place,
    }
}

/// What a screen reader says when Talent's half asks for something.
pub(super) fn said<'a>(card: &Card, words: Words<'a>) -> &'a str {
    let challenged = |failure: &Failure| failure.kind == FailureKind::Challenged;
    match card.pairing {
        _ if !card.person.talent.missing().is_some_and(challenged) => "",
        Pairing::Waiting(_) => words.say(Text::WaitingWhy),
        _ => words.say(Text::Challenge),
    }
}

fn missing(kind: FailureKind) -> Text {
    match kind {
        FailureKind::NotAllowed => Text::TalentRefused,
        FailureKind::Challenged => Text::Challenge,
        _ => Text::TalentMissing,
    }
}

fn consent(page: Option<&str>, words: Words<'_>) -> Element {
    parts::remark(words.say(Text::NoConsent), false, words)
        .child_some(page.map(|page| parts::link(page, Text::Consent, words)))
}

/// What Microsoft asks for: one sentence and the way to it, or the window under way.
fn challenge(card: &Card, words: Words<'_>) -> Element {
    let place = element("div", "remark")
        .with("data-focus", "challenge")
        .with("tabindex", "-1")
        .with("data-testid", "challenge");
    match &card.pairing {
        Pairing::Waiting(ticket) => {
            let title = element("h3", "").say(words, Text::WaitingTitle);
            sign_in::window(place.key("waiting").child(title), card, ticket, words)
        }
        Pairing::Failed(failure) => place
            .child(element("p", "").say(words, failure::of_signing_in(failure.kind)))
            .child(parts::retry(words)),
        pairing => place
            .child(icon::info())
            .child(
                element("p", "").say(words, Text::Challenge).child_some(
                    (card.why == Why::Late)
                        .then(|| element("span", "").text(" ").say(words, Text::SignInLate)),
                ),
            )
            .child(
                parts::button("sign-in", "strong")
                    .flag("disabled", !matches!(pairing, Pairing::Ready(_)))
                    .say(words, Text::Continue),
            ),
    }
}
