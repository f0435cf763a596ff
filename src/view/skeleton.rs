//! The shapes of a card whose content is on its way; `www/index.html` shows the same before the
//! module is here.

use crate::node::{Element, element};

fn bone(class: &str) -> Element {
    element("span", &["bone ", class].concat())
}

/// A whole card.
pub(super) fn card() -> Element {
    element("div", "skeleton")
        .with("aria-hidden", "true")
        .child(who())
        .child(activity())
}

/// The person.
pub(super) fn who() -> Element {
    element("div", "who")
        .with("aria-hidden", "true")
        .child(bone("face"))
        .child(
            element("div", "lines")
                .child(bone("line wide"))
                .child(bone("line")),
        )
}

/// Figures and gallery.
pub(super) fn activity() -> Element {
    element("div", "")
        .with("aria-hidden", "true")
        .child(
            element("div", "figures")
                .child(bone("figure"))
                .child(bone("figure")),
        )
        .child((0..4).fold(element("div", "gallery"), |tiles, _| {
            tiles.child(bone("tile"))
        }))
}

/// A line of a list.
pub(super) fn row() -> Element {
    bone("row").with("aria-hidden", "true")
}

/// A list of people.
pub(super) fn rows() -> Element {
    let rows = element("div", "rows").with("aria-hidden", "true");
    (0..3).fold(rows, |rows, _| rows.child(bone("row")))
}
