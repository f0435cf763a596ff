//! The direct reports.

use super::parts::Say;
use eloops_api::TeamMember;

use super::{icon, parts, person, skeleton};
use crate::card::Card;
use crate::node::{Element, element};
use crate::text::{Text, Words};

pub(super) fn view(place: Element, card: &Card, words: Words<'_>) -> Element {
    let members = card
        .team
        .members
        .here()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let list = if card.team.members.waiting() {
        skeleton::rows()
    } else if members.is_empty() {
        element("p", "empty").say(words, Text::NoTeam)
    } else {
        let list = element("ul", "team").with("role", "list");
        members
            .iter()
            .fold(list, |list, member| list.child(row(member, words)))
    };
    let stale = card.team.stale.is_some();
    let more = card.team.next.is_some();
    place
        .child(parts::heading(words.say(Text::MyTeam)))
        .child_some(stale.then(|| parts::remark(words.say(Text::Stale), true, words)))
        .child(list)
        .child_some(more.then(|| parts::button("more-team", "").say(words, Text::More)))
        .child(
            element("footer", "foot")
                .child(
                    parts::button("refresh", "quiet")
                        .child(icon::again())
                        .say(words, Text::Refresh),
                )
                .child_some((!card.host_signs_in).then(|| person::sign_out(words))),
        )
}

fn row(one: &TeamMember, words: Words<'_>) -> Element {
    let member = &one.member;
    let last = match &one.last_activity_at {
        Some(time) => words.fill(Text::LastActivity, &words.format.ago(time)),
        None => words.say(Text::NoActivity).into(),
    };
    let coins = one.coins.map_or_else(
        || words.say(Text::NotShared).to_owned(),
        |coins| words.count(Text::CountCoins, coins.balance),
    );
    let broken = one.line_broken.then(|| {
        element("span", "badge warn")
            .with("title", words.say(Text::LineBrokenWhy))
            .say(words, Text::LineBroken)
    });
    element("li", "").key(member.worker_number.as_str()).child(
        element("button", "member")
            .with("type", "button")
            .with("data-act", "open")
            .with("data-argument", member.worker_number.as_str())
            .child(parts::face(&member.name, &member.worker_number, None))
            .child(
                element("span", "lines")
                    .child(
                        element("span", "name")
                            .with("dir", "auto")
                            .text(member.name.as_str()),
                    )
                    .child_some(
                        member
                            .title
                            .as_deref()
                            .map(|title| element("span", "role").child(parts::data(title))),
                    )
                    .child_some(broken),
            )
            .child(
                element("span", "sums")
                    .child(element("span", "coins").text(&coins))
                    .child(
                        element("span", "")
                            .text(&words.count(Text::CountUploads, one.uploads_total)),
                    )
                    .child(element("span", "last").text(&last)),
            )
            .child(icon::forward()),
    )
}
