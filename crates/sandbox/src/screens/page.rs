//! What every screen has around its content: the bar at the top, the navigation, the commands.

use maud::{DOCTYPE, Markup, html};

use super::{
    Screens, encoded,
    icon::{Icon, icon},
};
use crate::rows::Tables;

/// One screen.
pub(super) struct Page<'a> {
    pub(super) title: &'a str,
    pub(super) navigation: Navigation,
    /// What stands in the search box.
    pub(super) search: &'a str,
    pub(super) commands: Markup,
    pub(super) content: Markup,
}

/// The lists one can go to, and the one that is open.
pub(super) struct Navigation {
    open: Option<String>,
    departments: Vec<(String, String)>,
}

/// The lists beside those of the departments: words and address.
const LISTS: [(&str, &str, Icon); 5] = [
    ("All workers", "/", Icon::People),
    ("Employed", "/?status=Employed", Icon::Person),
    ("Pending", "/?status=Pending", Icon::Person),
    ("Terminated", "/?status=Terminated", Icon::Person),
    ("Contractors", "/?type=Contractor", Icon::Person),
];

impl Navigation {
    /// The lists of this company; `open` is the address of the one that is shown.
    pub(super) fn read(tables: &Tables, open: Option<String>) -> Self {
        let departments = tables.records("DepartmentsV2").map(|department| {
            let number = department.text("OperatingUnitNumber");
            (
                format!("/?department={}", encoded(number)),
                department.text("Name").to_owned(),
            )
        });
        Self {
            open,
            departments: departments.collect(),
        }
    }

    fn link(&self, words: &str, to: &str, drawing: Icon) -> Markup {
        let current = (self.open.as_deref() == Some(to)).then_some("page");
        html! {
            li { a href=(to) aria-current=[current] { (icon(drawing)) span dir="auto" { (words) } } }
        }
    }

    fn draw(&self) -> Markup {
        html! {
            nav.side aria-label="Worker lists" {
                h2.group { "Workers" }
                ul {
                    @for (words, to, drawing) in LISTS { (self.link(words, to, drawing)) }
                }
                @if !self.departments.is_empty() {
                    h2.group { "Departments" }
                    ul.departments {
                        @for (to, name) in &self.departments { (self.link(name, to, Icon::Department)) }
                    }
                }
            }
        }
    }
}

impl Page<'_> {
    /// The whole document.
    pub(super) fn draw(&self, screens: &Screens) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – Talent" }
                    link rel="stylesheet" href="/assets/talent.css";
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                }
                body {
                    a.skip href="#content" { "Skip to content" }
                    (self.bar(screens))
                    (self.navigation.draw())
                    main #content tabindex="-1" aria-label=(self.title) {
                        (self.commands)
                        (self.content)
                    }
                }
            }
        }
    }

    fn bar(&self, screens: &Screens) -> Markup {
        html! {
            header.bar {
                details.apps {
                    summary aria-label="App launcher" title="App launcher" { (icon(Icon::Waffle)) }
                    ul {
                        li { a href="/" { (icon(Icon::People)) "Talent" } }
                        li { a href={ (screens.eloops) "/frame/" } { (icon(Icon::Out)) "Eloops" } }
                    }
                }
                a.product href="/" { "Talent" span.area { "Human Resources" } }
                form.search role="search" action="/" method="get" {
                    (icon(Icon::Search))
                    input type="search" name="q" value=(self.search) aria-label="Search workers"
                        placeholder="Search workers" autocomplete="off" maxlength="200";
                }
                span.environment title="A stand-in with its own data" { "Sandbox" }
            }
        }
    }
}

/// One link of the command bar.
pub(super) fn command(words: &str, to: &str, drawing: Icon) -> Markup {
    html! { li { a href=(to) { (icon(drawing)) span { (words) } } } }
}

/// The command bar.
pub(super) fn commands(links: &Markup) -> Markup {
    html! { nav.commands aria-label="Commands" { ul { (links) } } }
}

/// Whether somebody works here, in a word with a colour.
pub(super) fn status(status: &str) -> Markup {
    html! { span class={ "badge " (status.to_lowercase()) } { (status) } }
}
