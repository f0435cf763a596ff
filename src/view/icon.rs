//! Line drawings on a 20 by 20 grid, in the colour of the text beside them; never read out.

use crate::node::{Element, svg};

fn drawn(class: &'static str, path: &'static str) -> Element {
    svg("svg")
        .with("class", class)
        .with("viewBox", "0 0 20 20")
        .with("aria-hidden", "true")
        .child(svg("path").with("d", path))
}

pub(super) fn coin() -> Element {
    drawn(
        "icon",
        "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15zM12.6 8A3 3 0 1 0 12.6 12",
    )
}

pub(super) fn picture() -> Element {
    drawn(
        "icon",
        "M4.5 3.5h11a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM4 15l4.5-5l3 3l1.5-1.5l3 3.5M13 7.2v.1",
    )
}

pub(super) fn film() -> Element {
    drawn(
        "icon",
        "M7.5 6.2v7.6l6-3.8zM10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15z",
    )
}

pub(super) fn plus() -> Element {
    drawn("icon", "M10 4v12M4 10h12")
}

pub(super) fn back() -> Element {
    drawn("icon turns", "M9 4.5L3.5 10L9 15.5M4 10h12.5")
}

pub(super) fn forward() -> Element {
    drawn("icon turns", "M7.5 4.5L13 10l-5.5 5.5")
}

pub(super) fn again() -> Element {
    drawn("icon", "M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4")
}

pub(super) fn check() -> Element {
    drawn(
        "icon",
        "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15zM6.8 10.2l2.2 2.2l4.2-4.6",
    )
}

pub(super) fn clock() -> Element {
    drawn(
        "icon",
        "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15zM10 5.8V10l2.8 2",
    )
}

pub(super) fn differs() -> Element {
    drawn("icon", "M10 3L2.5 16.5h15zM10 8.2v4M10 14.4v.1")
}

pub(super) fn info() -> Element {
    drawn(
        "icon",
        "M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15zM10 9.2v4.3M10 6.5v.1",
    )
}

pub(super) fn person() -> Element {
    drawn(
        "icon",
        "M10 3a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7zM3.5 17a6.5 4.5 0 0 1 13 0",
    )
}
