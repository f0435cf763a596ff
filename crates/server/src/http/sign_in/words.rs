//! What the window's pages say. Every text is plain text; the pages write it as such.

mod en;
mod he;

use super::locale::Locale;

/// A page that only says something.
pub(super) struct Notice {
    pub(super) heading: &'static str,
    pub(super) text: &'static str,
}

/// One language.
pub(super) struct Words {
    // The confirmation.
    pub(super) confirm_heading: &'static str,
    /// The code's name for those who hear it.
    pub(super) code: &'static str,
    /// Before and after the account's name.
    pub(super) signed_in_as: (&'static str, &'static str),
    pub(super) confirm_why: &'static str,
    pub(super) confirm: &'static str,
    pub(super) cancel: &'static str,
    /// Nobody here has the account; the text begins before and goes on after its name.
    pub(super) unknown_heading: &'static str,
    pub(super) unknown: (&'static str, &'static str),

    pub(super) signed_in: Notice,
    pub(super) cancelled: Notice,
    pub(super) not_finished: Notice,
    pub(super) failed: Notice,
    pub(super) start_again: Notice,
    pub(super) incomplete: Notice,
    pub(super) in_a_frame: Notice,
    pub(super) from_elsewhere: Notice,
    pub(super) foreign_form: Notice,
    pub(super) slow_down: Notice,
    pub(super) signed_out: Notice,
    pub(super) no_sign_out: Notice,
    pub(super) consented: Notice,
    pub(super) not_consented: Notice,
}

impl Words {
    /// In this language.
    pub(super) fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::En => &en::WORDS,
            Locale::He => &he::WORDS,
        }
    }
}
