use eloops_api::Me;

use super::{Access, Act, Card, Effect, Event, Focus, Place, Timer};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;

impl Card {
    /// Takes an event in and says what to do about it.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Act(act) => self.act(act),
            Event::HostToken(_)
            | Event::Prepared(_)
            | Event::Claimed(_)
            | Event::Timer(Timer::Claim | Timer::Pairing) => self.on_access(event),
            // Answers to questions of a session that is over are nobody's any more.
            _ if !matches!(self.access, Access::In { .. }) => self.on_outside(event),
            Event::Me(result) => self.on_me(result),
            Event::Talent(..) | Event::Activity(..) | Event::Image(..) => {
                self.on_person_event(event)
            }
            Event::Team(..) => self.on_team(event),
            Event::Picked(_) | Event::Posted(_) => self.on_composer(event),
            Event::Timer(Timer::Poll) => {
                if self.visible {
                    self.look()
                } else {
                    Vec::new()
                }
            }
            Event::Visible(_) | Event::Online | Event::Ask(_) => {
                let mut effects = self.on_outside(event);
                if self.visible && effects.is_empty() {
                    effects = self.look();
                }
                effects
            }
        }
    }

    /// Everything the card needs for where it is, once it may ask.
    pub(super) fn load(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.me.here().is_none() {
            effects.push(Effect::GetMe);
        }
        effects.extend(match self.place {
            Place::Start => Vec::new(),
            Place::Person => self.load_person(),
            Place::Team => self.load_team(),
        });
        effects
    }

    fn act(&mut self, act: Act) -> Vec<Effect> {
        match act {
            Act::SignIn | Act::CancelSignIn | Act::SignOut => self.on_sign_in_act(act),
            Act::Retry => self.retry_access().unwrap_or_else(|| self.retry()),
            _ if !matches!(self.access, Access::In { .. }) => Vec::new(),
            Act::Refresh => match self.place {
                Place::Person => self.refresh(),
                Place::Team => self.load_team(),
                Place::Start => Vec::new(),
            },
            Act::Open(number) => {
                let members = self.team.members.here();
                let known = members
                    .and_then(|members| {
                        members
                            .iter()
                            .find(|one| one.member.worker_number == number)
                    })
                    .map(|one| one.member.clone());
                let mut effects = self.show(&number, known);
                effects.push(Effect::Focus(Focus::Heading));
                effects
            }
            Act::ShowTeam => {
                self.place = Place::Team;
                self.notice = None;
                let mut effects = vec![Effect::Stop(Timer::Poll)];
                effects.extend(self.load_team());
                effects.push(Effect::Focus(Focus::Heading));
                effects
            }
            Act::ShowMe => {
                let mut effects = self.show_me();
                effects.push(Effect::Focus(Focus::Heading));
                effects
            }
            Act::MoreTeam => self.more_team(),
            Act::Post | Act::CancelPost => self.on_composer_act(&act),
        }
    }

    fn retry(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.me.missing().is_some() {
            self.me = Half::Waiting;
            effects.push(Effect::GetMe);
        }
        effects.extend(match self.place {
            Place::Start => Vec::new(),
            Place::Person => self.retry_person(),
            Place::Team => self.load_team(),
        });
        effects
    }

    fn on_me(&mut self, result: Result<Me, Failure>) -> Vec<Effect> {
        match result {
            Err(failure) if failure.kind == FailureKind::SignedOut => {
                return self.token_refused(failure);
            }
            Err(failure) => self.me = Half::Missing(failure),
            Ok(me) => {
                self.token_taken();
                self.me = Half::Here(me);
                if self.place == Place::Start {
                    return self.show_me();
                }
            }
        }
        Vec::new()
    }

    fn show_me(&mut self) -> Vec<Effect> {
        match self.me.here().and_then(|me| me.member.clone()) {
            Some(member) => {
                let number = member.worker_number.clone();
                self.show(&number, Some(member))
            }
            None => Vec::new(),
        }
    }

    /// What happens whether or not anybody is signed in.
    fn on_outside(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Visible(visible) => {
                self.visible = visible;
                Vec::new()
            }
            Event::Online => self.come_online(),
            Event::Ask(asked) if asked != self.asked => self.ask(asked),
            // The file waits for nobody once the session is over.
            Event::Picked(_) => vec![Effect::DropFile],
            _ => Vec::new(),
        }
    }

    fn come_online(&mut self) -> Vec<Effect> {
        let failed =
            |kind: FailureKind| matches!(kind, FailureKind::Offline | FailureKind::Unreachable);
        match self.screen() {
            super::Screen::Failed(kind) if failed(kind) => self.act(Act::Retry),
            _ => Vec::new(),
        }
    }

    fn ask(&mut self, asked: Option<String>) -> Vec<Effect> {
        self.asked = asked;
        let mut effects = self.close_composer();
        self.place = Place::start(self.asked.as_deref());
        let signed_in = matches!(self.access, Access::In { .. });
        match self.asked.clone() {
            Some(number) if signed_in => effects.extend(self.show(&number, None)),
            Some(number) => self.person = super::Person::new(&number),
            None if signed_in => effects.extend(self.show_me()),
            None => {}
        }
        effects
    }
}
