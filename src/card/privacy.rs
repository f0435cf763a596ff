use eloops_api::{Page, View, Visibility};

use super::{Card, Effect, Notice};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;

/// Who may see the own card and who did; asked for when the person opens it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Privacy {
    /// Whether it is open.
    pub open: bool,
    /// What the reporting line sees; while it is being saved, what it will see.
    pub visibility: Half<Visibility>,
    /// Whether a choice is on its way.
    pub saving: bool,
    /// Whether the last choice could not be saved.
    pub unsaved: bool,
    /// Who looked, newest first.
    pub views: Half<Vec<View>>,
    /// Where older looks begin, when there are some.
    pub next: Option<String>,
    /// Whether a page of looks is on its way.
    pub loading: bool,
}

impl Card {
    /// Opens or closes it; what is shown is read anew each time.
    pub(super) fn toggle_privacy(&mut self) {
        self.privacy.open = !self.privacy.open && self.is_own();
        // How a choice on its way goes, or went, is shown in any case.
        let settled = !self.privacy.saving && !self.privacy.unsaved;
        if self.privacy.open {
            self.ask_privacy(settled, true);
        }
    }

    /// Asks again for what did not come.
    pub(super) fn retry_privacy(&mut self) {
        let visibility = self.privacy.visibility.missing().is_some();
        self.ask_privacy(visibility, self.privacy.views.missing().is_some());
    }

    /// Asks again for what was refused with the host's last token.
    pub(super) fn load_privacy(&mut self) {
        if self.privacy.open {
            let visibility = self.privacy.visibility.waiting();
            self.ask_privacy(visibility, self.privacy.views.waiting());
        }
    }

    fn ask_privacy(&mut self, visibility: bool, views: bool) {
        if visibility {
            self.privacy.visibility = Half::Waiting;
            self.wish(Effect::GetVisibility);
        }
        if views {
            self.privacy.views = Half::Waiting;
            self.privacy.loading = true;
            self.wish(Effect::GetViews(None));
        }
    }

    /// Shares the coins with the reporting line, or no longer: shown at once, taken back if it fails.
    pub(super) fn share(&mut self) {
        if let Half::Here(visibility) = &mut self.privacy.visibility
            && !self.privacy.saving
        {
            visibility.balance_to_line = !visibility.balance_to_line;
            let visibility = **visibility;
            self.privacy.saving = true;
            self.privacy.unsaved = false;
            self.notice = None;
            self.wish(Effect::PutVisibility(visibility));
        }
    }

    pub(super) fn more_views(&mut self) {
        if self.privacy.next.is_some() && !self.privacy.loading {
            self.privacy.loading = true;
            self.wish(Effect::GetViews(self.privacy.next.clone()));
        }
    }

    pub(super) fn on_visibility(&mut self, result: Result<Box<Visibility>, Failure>) {
        match result {
            Err(failure) if self.is_refusal(&failure) => {}
            result if self.privacy.visibility.here().is_none() => {
                self.privacy.visibility = result.into();
            }
            _ => {}
        }
    }

    /// How saving a choice went.
    pub(super) fn on_saved(&mut self, result: Result<Box<Visibility>, Failure>) {
        let saving = std::mem::take(&mut self.privacy.saving);
        match result {
            Ok(visibility) => {
                self.token_taken();
                self.notice = Some(Notice::Shared(visibility.balance_to_line));
                if saving {
                    self.privacy.visibility = Half::Here(visibility);
                }
            }
            Err(failure) => {
                if let Half::Here(visibility) = &mut self.privacy.visibility
                    && saving
                {
                    visibility.balance_to_line = !visibility.balance_to_line;
                    self.privacy.unsaved = true;
                }
                if failure.kind == FailureKind::SignedOut {
                    self.token_refused(failure);
                }
            }
        }
    }

    pub(super) fn on_views(&mut self, continued: bool, result: Result<Box<Page<View>>, Failure>) {
        if !std::mem::take(&mut self.privacy.loading) {
            return;
        }
        match result {
            Ok(page) => {
                self.token_taken();
                self.privacy.next = page.next_cursor;
                match &mut self.privacy.views {
                    Half::Here(views) if continued => views.extend(page.items),
                    views => *views = Half::Here(Box::new(page.items)),
                }
            }
            Err(failure) if self.is_refusal(&failure) => {}
            // A page that did not come leaves the button for another try.
            Err(_) if continued => {}
            Err(failure) => self.privacy.views = Half::Missing(failure),
        }
    }
}
