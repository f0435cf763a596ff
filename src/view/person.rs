//! One worker: who it is, what they have, what they posted, what Talent shows.

use super::parts::Say;
use eloops_api::{MemberStatus, TalentWorker};

use super::{composer, figures, gallery, icon, parts, privacy, skeleton, talent_half, talent_line};
use crate::card::{Card, Image};
use crate::failure::FailureKind;
use crate::half::Half;
use crate::node::{Element, element};
use crate::text::{Text, Words};

pub(super) fn view(place: Element, card: &Card, words: Words<'_>) -> Element {
    let place = talent_half::view(place.child(who(card, words)), card, words);
    let place = match &card.person.activity {
        Half::Waiting => place.child(skeleton::activity()),
        Half::Missing(failure) => {
            let refused = failure.kind == FailureKind::NotAllowed;
            let text = if refused {
                Text::ActivityRefused
            } else {
                Text::ActivityMissing
            };
            place.child(parts::remark(words.say(text), !refused, words))
        }
        Half::Here(activity) => {
            let stale = card.person.stale.is_some();
            let own = card.is_own();
            place
                .child_some(stale.then(|| parts::remark(words.say(Text::Stale), false, words)))
                .child(figures::view(card, activity, words))
                .child(gallery::view(card, activity, words))
                .child(talent_line::view(&activity.talent, words))
                .child_some(own.then(|| privacy::view(&card.privacy, words)))
        }
    };
    place.child(foot(card, words))
}

fn who(card: &Card, words: Words<'_>) -> Element {
    let person = &card.person;
    let worker = person.talent.here();
    let known = person.known.as_ref();
    if worker.is_none() && known.is_none() && person.talent.waiting() {
        return skeleton::who();
    }
    let name = person.name();
    let title = worker
        .and_then(|worker| worker.title.as_deref())
        .or(known.and_then(|known| known.title.as_deref()));
    let department = worker
        .and_then(|worker| worker.department.as_deref())
        .or(known.and_then(|known| known.department.as_deref()));
    let number = worker.map_or(person.number.as_str(), |worker| {
        worker.worker_number.as_str()
    });
    let numbered = parts::number(number, words);
    let photo = card.images.address(&Image::Photo(number.into()));
    let part = |text: Option<&str>| {
        let text = text.filter(|text| !text.is_empty())?;
        Some(element("span", "").child(parts::data(text)))
    };
    let role = element("p", "role")
        .child_some(part(title))
        .child_some(part(department));
    element("header", "who")
        .child(parts::face(name.unwrap_or_default(), number, photo))
        .child(
            element("div", "lines")
                .child(parts::heading(name.unwrap_or(&numbered)))
                .child_some((!role.children.is_empty()).then_some(role))
                .child(
                    element("p", "number")
                        .child_some(name.map(|_| element("span", "").text(numbered.as_str())))
                        .child_some(status(worker, known.map(|member| member.status), words)),
                ),
        )
}

/// The status as a badge, in Eloops' words where they are known and in Talent's otherwise.
fn status(
    worker: Option<&TalentWorker>,
    known: Option<MemberStatus>,
    words: Words<'_>,
) -> Option<Element> {
    let badge = |class, text: &str| element("span", class).text(text);
    let of_member = |status| match status {
        MemberStatus::Active => badge("badge good", words.say(Text::StatusActive)),
        MemberStatus::Pending => badge("badge", words.say(Text::StatusPending)),
        MemberStatus::Inactive => badge("badge dim", words.say(Text::StatusLeft)),
    };
    match worker.map(|worker| worker.worker_status.as_str()) {
        Some("Employed") => Some(of_member(MemberStatus::Active)),
        Some("Pending") => Some(of_member(MemberStatus::Pending)),
        Some("Terminated") => Some(of_member(MemberStatus::Inactive)),
        Some("") | None => known.map(of_member),
        Some(other) => Some(element("span", "badge").child(parts::data(other))),
    }
}

fn foot(card: &Card, words: Words<'_>) -> Element {
    let looking = card.person.looking;
    let as_of = card
        .person
        .activity
        .here()
        .map(|activity| activity.as_of.as_str());
    let as_of = as_of.or(card
        .person
        .talent
        .here()
        .map(|worker| worker.as_of.as_str()));
    let refresh = if looking {
        Text::Refreshing
    } else {
        Text::Refresh
    };
    element("footer", "foot")
        .child_some(
            as_of.map(|time| {
                element("p", "").text(&words.fill(Text::AsOf, &words.format.moment(time)))
            }),
        )
        .child(
            parts::button("refresh", "quiet")
                .with_some("aria-disabled", looking.then_some("true"))
                .child(icon::again())
                .say(words, refresh),
        )
        .child_some((!card.host_signs_in).then(|| sign_out(words)))
}

/// The way out.
pub(super) fn sign_out(words: Words<'_>) -> Element {
    parts::button("sign-out", "quiet").say(words, Text::SignOut)
}

/// What a person may post, on their own card.
pub(super) fn posting(card: &Card, words: Words<'_>) -> Option<Element> {
    card.is_own().then(|| composer::view(card, words))
}
