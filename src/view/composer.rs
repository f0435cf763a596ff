//! Posting a photo or video: pick, look, perhaps a caption, post.

use super::parts::Say;
use super::{failure, icon, parts};
use crate::card::{Card, Composer, Picked};
use crate::node::{Element, element};
use crate::text::{Text, Words};

pub(super) fn view(card: &Card, words: Words<'_>) -> Element {
    match &card.composer {
        Composer::Closed => add(words),
        Composer::Open(picked, problem) => {
            let problem = problem
                .as_ref()
                .map(|problem| words.say(failure::of_posting(problem.kind)));
            form(picked, false, words).child_some(problem.map(|text| {
                element("p", "problem")
                    .with("role", "alert")
                    .child(icon::differs())
                    .text(text)
            }))
        }
        Composer::Sending(picked) => form(picked, true, words),
    }
}

/// A file field that looks like a button; the field itself has the focus and the name.
fn add(words: Words<'_>) -> Element {
    element("label", "button strong add")
        .key("add")
        .child(icon::plus())
        .child(element("span", "").say(words, Text::Add))
        .child(
            element("input", "unseen")
                .with("type", "file")
                .with("accept", "image/*,video/*")
                .with("data-focus", "add")
                .with("aria-label", words.say(Text::Add)),
        )
}

fn form(picked: &Picked, sending: bool, words: Words<'_>) -> Element {
    let preview = match &picked.preview {
        Some(address) if !picked.video => element("img", "")
            .with("alt", "")
            .with("src", address.as_str()),
        _ => element("span", "blank").child(icon::film()),
    };
    let hint = element("p", "small")
        .with("id", "hint")
        .say(words, Text::CaptionHint);
    element("form", "composer")
        .key(&picked.key)
        .child(element("div", "preview").child(preview))
        .child(
            element("div", "fields")
                .child(element("p", "file").child(parts::data(&picked.name)))
                .child(
                    element("label", "")
                        .child(element("span", "").say(words, Text::Caption))
                        .child(
                            element("input", "")
                                .with("name", "caption")
                                .with("maxlength", "500")
                                .with("dir", "auto")
                                .with("autocomplete", "off")
                                .with("aria-describedby", "hint")
                                .with("data-focus", "caption")
                                .flag("readonly", sending),
                        ),
                )
                .child(hint)
                .child(buttons(sending, words)),
        )
}

fn buttons(sending: bool, words: Words<'_>) -> Element {
    if sending {
        return element("div", "buttons sending")
            .key("sending")
            .with("role", "status")
            .child(element("progress", "").with("aria-label", words.say(Text::Posting)))
            .child(element("span", "").say(words, Text::Posting));
    }
    element("div", "buttons")
        .key("choose")
        .child(
            element("button", "button strong")
                .with("type", "submit")
                .say(words, Text::Post),
        )
        .child(parts::button("cancel-post", "").say(words, Text::Cancel))
}
