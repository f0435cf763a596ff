//! Name and contact.

use maud::{Markup, html};

use super::{record::Worker, tab};
use crate::screens::field::{field, text};

pub(super) fn section(worker: &Worker) -> Markup {
    tab(
        "General",
        &worker.email,
        &html! {
            dl {
                (field("Personnel number", "PersonnelNumber", &text(&worker.number)))
                (field("First name", "FirstName", &text(&worker.first_name)))
                (field("Middle name", "MiddleName", &text(&worker.middle_name)))
                (field("Last name", "LastName", &text(&worker.last_name)))
                (field("Title", "TitleId", &text(&worker.title)))
                (field("E-mail", "PrimaryContactEmail", &link("mailto:", &worker.email)))
                (field("Phone", "PrimaryContactPhone", &link("tel:", &worker.phone)))
                (field("Sign-in name", "IdentityEmail", &text(&worker.sign_in_name)))
            }
        },
    )
}

/// A value that leads to the program for it.
fn link(scheme: &str, value: &str) -> Markup {
    if value.is_empty() {
        return text(value);
    }
    let target = crate::screens::encoded(value)
        .to_string()
        .replace("%40", "@");
    html! { a href={ (scheme) (target) } { (value) } }
}
