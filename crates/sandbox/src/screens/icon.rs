//! Small line drawings beside words; they say nothing the words do not say.

use maud::{Markup, html};

/// What can be drawn.
#[derive(Clone, Copy)]
pub(super) enum Icon {
    Back,
    Department,
    Down,
    Forward,
    Manager,
    Out,
    People,
    Person,
    Refresh,
    Search,
    Team,
    Waffle,
}

/// The drawing, 20 by 20, in the colour of the text.
pub(super) fn icon(icon: Icon) -> Markup {
    let path = match icon {
        Icon::Back => "M12 5l-5 5 5 5",
        Icon::Forward => "M8 5l5 5-5 5",
        Icon::Down => "M5 8l5 5 5-5",
        Icon::Department => "M4 17V5l6-2v14M10 8h6v9M2.5 17h15M7 7v0M7 10v0M7 13v0M13 11v0M13 14v0",
        Icon::Manager => "M10 16V4M5 9l5-5 5 5",
        Icon::Out => "M8 5H5v10h10v-3M11 4h5v5M16 4l-7 7",
        Icon::People => {
            "M7.5 9a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6M2 16.5c0-3 2-5 5.5-5s5.5 2 5.5 5M13 3.8\
             a2.6 2.6 0 0 1 0 5M15 11.8c2 .6 3.2 2.2 3.2 4.7"
        }
        Icon::Person => {
            "M10 9.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4M3.8 17c0-3.2 2.4-5.4 6.2-5.4s6.2 2.2 \
             6.2 5.4"
        }
        Icon::Refresh => "M15.5 7.5A6 6 0 1 0 16 11M16 4v4h-4",
        Icon::Search => "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M13 13l4 4",
        Icon::Team => "M8 3h4v4H8zM3 13h4v4H3zM13 13h4v4h-4zM10 7v3M5 13v-3h10v3",
        Icon::Waffle => "M4 4v0M10 4v0M16 4v0M4 10v0M10 10v0M16 10v0M4 16v0M10 16v0M16 16v0",
    };
    let width = if matches!(icon, Icon::Waffle) {
        "3.2"
    } else {
        "1.5"
    };
    html! {
        svg.icon viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor"
            stroke-width=(width) stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
            focusable="false" {
            path d=(path) {}
        }
    }
}
