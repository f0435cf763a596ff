use eloops_api::{Page, TeamMember};

use super::{Card, Effect};
use crate::failure::Failure;
use crate::half::Half;

/// The direct reports.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Team {
    /// Those read so far.
    pub members: Half<Vec<TeamMember>>,
    /// Where the next page begins, when there is one.
    pub next: Option<String>,
    /// Whether a page is on its way.
    pub loading: bool,
    /// Why the last page did not come, while earlier ones are shown.
    pub stale: Option<Failure>,
}

impl Card {
    /// Asks for the team from the beginning; what is shown stays until the answer.
    pub(super) fn load_team(&mut self) {
        if self.team.members.missing().is_some() {
            self.team.members = Half::Waiting;
        }
        self.team.loading = true;
        self.wish(Effect::GetTeam(None));
    }

    pub(super) fn more_team(&mut self) {
        if self.team.next.is_some() && !self.team.loading {
            self.team.loading = true;
            self.wish(Effect::GetTeam(self.team.next.clone()));
        }
    }

    pub(super) fn on_team(
        &mut self,
        continued: bool,
        result: Result<Box<Page<TeamMember>>, Failure>,
    ) {
        self.team.loading = false;
        match result {
            Ok(page) => {
                self.token_taken();
                self.team.stale = None;
                self.team.next = page.next_cursor;
                match &mut self.team.members {
                    Half::Here(members) if continued => members.extend(page.items),
                    members => *members = Half::Here(Box::new(page.items)),
                }
            }
            Err(failure) if self.is_refusal(&failure) => {}
            Err(failure) if self.team.members.here().is_some() && !failure.kind.withdraws() => {
                self.team.stale = Some(failure);
            }
            Err(failure) => self.team.members = Half::Missing(failure),
        }
    }
}
