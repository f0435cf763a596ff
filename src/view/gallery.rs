//! The newest uploads.

use super::parts::Say;
use eloops_api::{Activity, Upload, UploadKind};

use super::{icon, parts, person};
use crate::card::{Card, Image, Notice};
use crate::node::{Element, element};
use crate::text::{Text, Words};

pub(super) fn view(card: &Card, activity: &Activity, words: Words<'_>) -> Element {
    let recent = &activity.uploads.recent;
    let content = if recent.is_empty() {
        let text = if card.is_own() {
            Text::NothingYetOwn
        } else {
            Text::NothingYet
        };
        element("p", "empty").say(words, text)
    } else {
        let list = element("ul", "gallery").with("role", "list");
        recent
            .iter()
            .fold(list, |list, upload| list.child(tile(card, upload, words)))
    };
    element("section", "recent")
        .child(element("h3", "").say(words, Text::Recent))
        .child_some(person::posting(card, words))
        .child(posted(card, words))
        .child(content)
}

/// The good news after posting, in a live region that is always there.
fn posted(card: &Card, words: Words<'_>) -> Element {
    let place = element("p", "posted").with("role", "status");
    match card.notice {
        Some(Notice::Posted(coins)) if card.is_own() => place
            .child(icon::check())
            .text(&words.count(Text::Posted, coins)),
        _ => place,
    }
}

fn tile(card: &Card, upload: &Upload, words: Words<'_>) -> Element {
    let when = words.format.ago(&upload.created_at);
    let kind = match upload.kind {
        UploadKind::Photo => Text::Photo,
        UploadKind::Video => Text::Video,
    };
    let named = words.fill(kind, &when);
    let picture = match card.images.address(&Image::Thumbnail(upload.id.clone())) {
        Some(address) => {
            let alt = if upload.caption.is_empty() {
                named.as_str()
            } else {
                upload.caption.as_str()
            };
            element("img", "")
                .with("alt", alt)
                .with("src", address)
                .key("picture")
        }
        None => element("span", "blank")
            .with("role", "img")
            .with("aria-label", &named)
            .key("blank")
            .child(match upload.kind {
                UploadKind::Photo => icon::picture(),
                UploadKind::Video => icon::film(),
            }),
    };
    let caption = (!upload.caption.is_empty()).then(|| {
        element("span", "caption")
            .with("dir", "auto")
            .with("title", upload.caption.as_str())
            .text(upload.caption.as_str())
    });
    let coins = upload.coins.filter(|coins| *coins > 0).map(|earned| {
        let coins = words.count(Text::CountCoins, earned);
        let plus = words.fill(Text::Plus, &words.format.number(earned));
        element("span", "plus")
            .with("title", &coins)
            .child(parts::data(&plus))
    });
    element("li", "tile").key(upload.id.as_str()).child(
        element("figure", "")
            .child(element("div", "picture").child(picture).child_some(coins))
            .child(
                element("figcaption", "").child_some(caption).child(
                    element("time", "")
                        .with("datetime", upload.created_at.as_str())
                        .text(&when),
                ),
            ),
    )
}
