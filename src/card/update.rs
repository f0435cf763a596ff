use eloops_api::Me;

use super::{Act, Card, Effect, Event, Focus, Person, Place, Screen, Timer};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;

impl Card {
    /// Takes an event in and says what to do about it.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        self.take_in(event);
        std::mem::take(&mut self.wishes)
    }

    fn take_in(&mut self, event: Event) {
        let signed_in = self.is_in();
        match event {
            Event::Act(act) => self.act(act, signed_in),
            Event::HostToken(..)
            | Event::Prepared(_)
            | Event::Claimed(_)
            | Event::Renewed(_)
            | Event::SignedOut(_)
            | Event::Timer(Timer::Claim | Timer::Pairing | Timer::Renew) => self.on_access(event),
            Event::Visible(visible) => {
                self.visible = visible;
                self.look_if_seen();
            }
            Event::Online => self.come_online(),
            Event::Ask(asked) => self.ask(asked, signed_in),
            // The file waits for nobody where nobody is signed in.
            Event::Picked(_) if !signed_in => self.wish(Effect::DropFile),
            // Answers to questions of a session that is over are nobody's any more.
            _ if !signed_in => {}
            Event::Me(result) => self.on_me(result),
            Event::Talent(number, result) => self.on_talent(&number, result),
            Event::Activity(number, result) => self.on_activity(&number, result),
            Event::Image(image, address) => self.images.put(&image, address),
            Event::Team(continued, result) => self.on_team(continued, result),
            Event::Visibility(result) => self.on_visibility(result),
            Event::Saved(result) => self.on_saved(result),
            Event::Views(continued, result) => self.on_views(continued, result),
            Event::Picked(picked) => self.on_picked(picked),
            Event::Posted(result) => self.on_posted(result),
            Event::Timer(Timer::Poll) => self.look_if_seen(),
        }
    }

    /// Everything the card needs for where it is, once it may ask.
    pub(super) fn load(&mut self) {
        if self.me.here().is_none() {
            self.wish(Effect::GetMe);
        }
        match self.place {
            Place::Start => {}
            Place::Person => self.load_person(),
            Place::Team => self.load_team(),
        }
    }

    fn act(&mut self, act: Act, signed_in: bool) {
        match act {
            Act::SignIn => self.open_window(),
            Act::CancelSignIn => self.cancel_window(),
            Act::SignOut => self.leave(),
            Act::Retry => {
                if !self.retry_access() {
                    self.retry();
                }
            }
            _ if !signed_in => {}
            Act::Refresh => match self.place {
                Place::Person => self.refresh(),
                Place::Team => self.load_team(),
                Place::Start => {}
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
                self.show(&number, known);
                self.wish(Effect::Focus(Focus::Heading));
            }
            Act::ShowTeam => {
                self.place = Place::Team;
                self.notice = None;
                self.wish(Effect::Stop(Timer::Poll));
                self.load_team();
                self.wish(Effect::Focus(Focus::Heading));
            }
            Act::ShowMe => {
                self.show_me();
                self.wish(Effect::Focus(Focus::Heading));
            }
            Act::MoreTeam => self.more_team(),
            Act::Privacy => self.toggle_privacy(),
            Act::Share => self.share(),
            Act::MoreViews => self.more_views(),
            Act::Post => self.post(),
            Act::CancelPost => {
                self.close_composer();
                self.wish(Effect::Focus(Focus::Add));
            }
        }
    }

    fn retry(&mut self) {
        if self.me.missing().is_some() {
            self.me = Half::Waiting;
            self.wish(Effect::GetMe);
        }
        match self.place {
            Place::Start => {}
            Place::Person => self.retry_person(),
            Place::Team => self.load_team(),
        }
        self.retry_privacy();
    }

    fn on_me(&mut self, result: Result<Box<Me>, Failure>) {
        match result {
            Err(failure) if self.is_refusal(&failure) => {}
            Err(failure) => self.me = Half::Missing(failure),
            Ok(me) => {
                self.token_taken();
                let before = self.me.here().map(number);
                let another = before.is_some_and(|before| before != number(&me));
                if another {
                    self.clear();
                    self.wish(Effect::DropAnswers);
                }
                self.me = Half::Here(me);
                if another {
                    self.load();
                }
                if self.place == Place::Start {
                    self.show_me();
                }
            }
        }
    }

    fn show_me(&mut self) {
        if let Some(member) = self.me.here().and_then(|me| me.member.clone()) {
            let number = member.worker_number.clone();
            self.show(&number, Some(member));
        }
    }

    fn look_if_seen(&mut self) {
        if self.visible && self.is_in() {
            self.look();
        }
    }

    fn come_online(&mut self) {
        match self.screen() {
            Screen::Failed(FailureKind::Offline | FailureKind::Unreachable) => {
                self.take_in(Event::Act(Act::Retry))
            }
            _ => self.look_if_seen(),
        }
    }

    fn ask(&mut self, asked: Option<String>, signed_in: bool) {
        if asked == self.asked {
            return;
        }
        self.asked = asked;
        self.place = Place::start(self.asked.as_deref());
        match self.asked.clone() {
            Some(number) if signed_in => self.show(&number, None),
            Some(number) => self.person = Person::new(&number),
            None if signed_in => self.show_me(),
            None => {}
        }
    }
}

/// Whose sign-in it is.
fn number(me: &Me) -> Option<String> {
    me.member
        .as_ref()
        .map(|member| member.worker_number.clone())
}
