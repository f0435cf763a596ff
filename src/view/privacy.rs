//! On the own card: who may see it, and who did.

use eloops_api::{LookedAt, View, ViewerAs, Visibility};

use super::parts::Say;
use super::{icon, parts, skeleton};
use crate::card::Privacy;
use crate::half::Half;
use crate::node::{Element, element};
use crate::text::{Text, Words};

pub(super) fn view(privacy: &Privacy, words: Words<'_>) -> Element {
    let opener = element("button", "opener")
        .with("type", "button")
        .with("data-act", "privacy")
        .with("aria-expanded", if privacy.open { "true" } else { "false" })
        .child(icon::forward())
        .say(words, Text::Privacy);
    element("section", "privacy")
        .child(element("h3", "").child(opener))
        .child_some(privacy.open.then(|| {
            element("div", "")
                .child(shared(privacy, words))
                .child(element("p", "small").say(words, Text::ShareWhy))
                .child(element("h4", "").say(words, Text::Looked))
                .child(looks(privacy, words))
                .child_some(
                    (privacy.next.is_some())
                        .then(|| parts::button("more-views", "").say(words, Text::More)),
                )
                .child(element("p", "small").say(words, Text::LookedKept))
        }))
}

fn shared(privacy: &Privacy, words: Words<'_>) -> Element {
    match &privacy.visibility {
        Half::Waiting => skeleton::row(),
        Half::Missing(_) => parts::remark(words.say(Text::PrivacyMissing), true, words),
        Half::Here(visibility) => element("div", "")
            .child(switch(visibility, privacy.saving, words))
            .child_some(privacy.unsaved.then(|| {
                element("p", "problem")
                    .with("role", "alert")
                    .child(icon::differs())
                    .say(words, Text::NotSaved)
            })),
    }
}

fn switch(visibility: &Visibility, saving: bool, words: Words<'_>) -> Element {
    let on = visibility.balance_to_line;
    element("button", "switch")
        .with("type", "button")
        .with("role", "switch")
        .with("data-act", "share")
        .with("aria-checked", if on { "true" } else { "false" })
        .with_some("aria-disabled", saving.then_some("true"))
        .child(element("span", "knob"))
        .say(words, Text::Share)
}

fn looks(privacy: &Privacy, words: Words<'_>) -> Element {
    match &privacy.views {
        Half::Waiting => skeleton::row(),
        Half::Missing(_) => parts::remark(words.say(Text::PrivacyMissing), true, words),
        Half::Here(views) if views.is_empty() => {
            element("p", "empty").say(words, Text::LookedNobody)
        }
        Half::Here(views) => {
            let list = element("ul", "looks").with("role", "list");
            views
                .iter()
                .fold(list, |list, view| list.child(look(view, words)))
        }
    }
}

fn look(view: &View, words: Words<'_>) -> Element {
    let who = words.say(match view.viewer_as {
        ViewerAs::Manager => Text::ViewerManager,
        ViewerAs::ManagerAbove => Text::ViewerAbove,
        ViewerAs::Admin => Text::ViewerAdmin,
        ViewerAs::Application => Text::ViewerApplication,
    });
    let what = words.say(match view.looked_at {
        LookedAt::Profile => Text::LookedProfile,
        LookedAt::Team => Text::LookedTeam,
    });
    let line = element("p", "");
    let line = match &view.viewer_name {
        Some(name) => line
            .child(element("b", "").child(parts::data(name)))
            .child(element("span", "").text(who)),
        None => line.child(element("b", "").text(who)),
    };
    let when = element("time", "")
        .with("datetime", &view.last_at)
        .with("title", &words.format.moment(&view.last_at))
        .text(&words.format.ago(&view.last_at));
    element("li", "").key(&view.id).child(line).child(
        element("p", "small")
            .child(element("span", "").text(what))
            .child(when),
    )
}
