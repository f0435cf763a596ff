use eloops_api::{Activity, Member, TalentWorker};

use super::{
    Card, Effect, Event, Fresh, Image, Notice, POLL_AT_MOST_MS, POLL_EVERY_MS, Place, Timer,
};
use crate::failure::{Failure, FailureKind};
use crate::half::Half;

/// One worker: the record from Talent and the activity from Eloops, joined by the number.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// The number asked for.
    pub number: String,
    /// Talent's half.
    pub talent: Half<TalentWorker>,
    /// Eloops' half.
    pub activity: Half<Activity>,
    /// What is known from elsewhere, for where Talent's half is missing.
    pub known: Option<Member>,
    /// Why the numbers could not be read again, while the last ones are shown.
    pub stale: Option<Failure>,
    /// Whether the numbers are being read again.
    pub looking: bool,
    etag: Option<String>,
    /// Whether the person asked for the look under way, and so wants to hear how it went.
    asked_to_look: bool,
    /// Whether something changed while they were being read, so that they are read once more.
    again: bool,
    failures: u32,
}

impl Person {
    /// A worker of whom nothing is here yet.
    pub fn new(number: &str) -> Self {
        Self {
            number: number.into(),
            talent: Half::Waiting,
            activity: Half::Waiting,
            known: None,
            stale: None,
            looking: false,
            etag: None,
            asked_to_look: false,
            again: false,
            failures: 0,
        }
    }

    /// Whether both halves were answered.
    pub fn is_complete(&self) -> bool {
        !self.talent.waiting() && !self.activity.waiting()
    }
}

impl Card {
    /// Shows a worker and asks for both halves at once.
    pub(super) fn show(&mut self, number: &str, known: Option<Member>) -> Vec<Effect> {
        self.place = Place::Person;
        self.person = Person {
            known,
            ..Person::new(number)
        };
        self.notice = None;
        let mut effects = self.close_composer();
        effects.extend(self.load_person());
        effects
    }

    pub(super) fn load_person(&mut self) -> Vec<Effect> {
        let number = self.person.number.clone();
        self.person.looking = true;
        vec![
            Effect::GetTalent(number.clone()),
            Effect::GetActivity(number, None),
        ]
    }

    /// Asks again for what is missing; what is here stays.
    pub(super) fn retry_person(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.person.talent.missing().is_some() {
            self.person.talent = Half::Waiting;
            effects.push(Effect::GetTalent(self.person.number.clone()));
        }
        if self.person.activity.missing().is_some() {
            self.person.activity = Half::Waiting;
        }
        effects.extend(self.look());
        effects
    }

    /// Reads the numbers again, when nobody is doing so.
    pub(super) fn look(&mut self) -> Vec<Effect> {
        if self.place != Place::Person || self.person.looking {
            return Vec::new();
        }
        self.person.looking = true;
        vec![Effect::GetActivity(
            self.person.number.clone(),
            self.person.etag.clone(),
        )]
    }

    /// Reads the numbers again in any case: now, or after the look under way.
    pub(super) fn look_again(&mut self) -> Vec<Effect> {
        self.person.again = self.person.looking;
        self.look()
    }

    /// The person asked to read everything again.
    pub(super) fn refresh(&mut self) -> Vec<Effect> {
        self.person.asked_to_look = true;
        self.notice = None;
        let mut effects = self.look();
        effects.push(Effect::GetTalent(self.person.number.clone()));
        effects
    }

    pub(super) fn on_talent(
        &mut self,
        number: &str,
        result: Result<TalentWorker, Failure>,
    ) -> Vec<Effect> {
        if number != self.person.number {
            return Vec::new();
        }
        match result {
            Ok(worker) => {
                self.token_taken();
                let photo = Image::Photo(worker.worker_number.clone());
                let ask = worker.has_photo && self.images.ask(&photo);
                self.person.talent = Half::Here(worker);
                if ask {
                    vec![Effect::GetImage(photo)]
                } else {
                    Vec::new()
                }
            }
            Err(failure) if failure.kind == FailureKind::SignedOut => self.token_refused(failure),
            Err(failure) => {
                if failure.kind.withdraws() || self.person.talent.here().is_none() {
                    self.person.talent = Half::Missing(failure);
                } else {
                    self.person.stale = Some(failure);
                }
                Vec::new()
            }
        }
    }

    pub(super) fn on_activity(
        &mut self,
        number: &str,
        result: Result<Fresh, Failure>,
    ) -> Vec<Effect> {
        if number != self.person.number {
            return Vec::new();
        }
        self.person.looking = false;
        let asked = std::mem::replace(&mut self.person.asked_to_look, false);
        let mut effects = match result {
            Ok(fresh) => {
                self.token_taken();
                self.person.stale = None;
                self.person.failures = 0;
                self.take(fresh, asked)
            }
            Err(failure) if failure.kind == FailureKind::SignedOut => {
                return self.token_refused(failure);
            }
            Err(failure) => {
                self.person.failures += 1;
                self.miss(failure)
            }
        };
        if std::mem::replace(&mut self.person.again, false) {
            effects.extend(self.look());
        } else {
            effects.push(Effect::Start(Timer::Poll, self.next_poll()));
        }
        effects
    }

    fn take(&mut self, fresh: Fresh, asked: bool) -> Vec<Effect> {
        let (activity, etag) = match fresh {
            Fresh::Same(as_of) => {
                if let Half::Here(activity) = &mut self.person.activity {
                    activity.as_of = as_of;
                }
                if asked {
                    self.notice = Some(Notice::Unchanged);
                }
                return Vec::new();
            }
            Fresh::New(activity, etag) => (*activity, etag),
        };
        let before = self.person.activity.here().map(figures);
        let changed = before.is_some_and(|before| before != figures(&activity));
        let just_posted = matches!(self.notice, Some(Notice::Posted(_)));
        if !just_posted {
            self.notice = match (changed, asked) {
                (true, _) => Some(Notice::Changed),
                (false, true) => Some(Notice::Unchanged),
                (false, false) => None,
            };
        }
        let mut effects = Vec::new();
        for upload in &activity.uploads.recent {
            let thumbnail = Image::Thumbnail(upload.id.clone());
            if self.images.ask(&thumbnail) {
                effects.push(Effect::GetImage(thumbnail));
            }
        }
        self.person.activity = Half::Here(activity);
        self.person.etag = etag;
        effects
    }

    fn miss(&mut self, failure: Failure) -> Vec<Effect> {
        if failure.kind.withdraws() || self.person.activity.here().is_none() {
            self.person.activity = Half::Missing(failure);
            self.person.etag = None;
        } else {
            self.person.stale = Some(failure);
        }
        Vec::new()
    }

    /// The wait until the next look: doubled for each failure in a row, never less than asked for.
    fn next_poll(&self) -> u32 {
        let doubled = POLL_EVERY_MS
            .saturating_mul(1 << self.person.failures.min(8))
            .min(POLL_AT_MOST_MS);
        let failure = self
            .person
            .stale
            .as_ref()
            .or(self.person.activity.missing());
        let asked = failure.and_then(|failure| failure.retry_after).unwrap_or(0);
        doubled.max(asked.saturating_mul(1_000))
    }

    pub(super) fn on_person_event(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Talent(number, result) => self.on_talent(&number, result),
            Event::Activity(number, result) => self.on_activity(&number, result),
            Event::Image(image, address) => {
                self.images.put(&image, address);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

/// The numbers whose change is worth saying.
fn figures(activity: &Activity) -> (Option<i64>, i64) {
    (
        activity.coins.map(|coins| coins.balance),
        activity.uploads.total,
    )
}
