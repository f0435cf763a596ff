use eloops_api::{Activity, Member, TalentWorker, UploadKind};

use super::{
    Card, Effect, Fresh, Image, Notice, POLL_AT_MOST_MS, POLL_EVERY_MS, Pairing, Place, Privacy,
    Timer,
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

    /// The name, where it is known.
    pub fn name(&self) -> Option<&str> {
        let name = self.talent.here().map(|worker| worker.name.as_str());
        name.or(self.known.as_ref().map(|member| member.name.as_str()))
    }

    /// Whether both halves were answered.
    pub fn is_complete(&self) -> bool {
        !self.talent.waiting() && !self.activity.waiting()
    }
}

impl Card {
    /// Shows a worker and asks for both halves at once.
    pub(super) fn show(&mut self, number: &str, known: Option<Member>) {
        self.place = Place::Person;
        self.person = Person {
            known,
            ..Person::new(number)
        };
        self.notice = None;
        self.privacy = Privacy::default();
        self.close_composer();
        self.load_person();
    }

    pub(super) fn load_person(&mut self) {
        self.person.looking = true;
        self.wish(Effect::GetTalent(self.person.number.clone()));
        self.wish(Effect::GetActivity(self.person.number.clone(), None));
    }

    /// Asks again for what is missing; what is here stays.
    pub(super) fn retry_person(&mut self) {
        // What waits for a window is asked for after it; a host is asked once more.
        let waits = self.pairing != Pairing::None;
        if self.person.talent.missing().is_some() && !waits {
            self.challenge = None;
            self.person.talent = Half::Waiting;
            self.wish(Effect::GetTalent(self.person.number.clone()));
        }
        if self.person.activity.missing().is_some() {
            self.person.activity = Half::Waiting;
        }
        self.look();
    }

    /// Reads the numbers again, when nobody is doing so.
    pub(super) fn look(&mut self) {
        if self.place == Place::Person && !self.person.looking {
            self.person.looking = true;
            self.wish(Effect::GetActivity(
                self.person.number.clone(),
                self.person.etag.clone(),
            ));
        }
    }

    /// Reads the numbers again in any case: now, or after the look under way.
    pub(super) fn look_again(&mut self) {
        self.person.again = self.person.looking;
        self.look();
    }

    /// The person asked to read everything again.
    pub(super) fn refresh(&mut self) {
        self.person.asked_to_look = true;
        self.notice = None;
        self.look();
        self.wish(Effect::GetTalent(self.person.number.clone()));
    }

    pub(super) fn on_talent(&mut self, number: &str, result: Result<Box<TalentWorker>, Failure>) {
        if number != self.person.number {
            return;
        }
        match result {
            Ok(worker) => {
                self.token_taken();
                if worker.has_photo {
                    self.show_image(Image::Photo(worker.worker_number.clone()));
                }
                self.person.talent = Half::Here(worker);
                if self.host_signs_in {
                    self.challenge = None;
                }
            }
            Err(failure) if self.is_refusal(&failure) => {}
            Err(failure) if failure.kind == FailureKind::Challenged => self.challenged(failure),
            Err(failure) if failure.kind.withdraws() || self.person.talent.here().is_none() => {
                self.person.talent = Half::Missing(failure);
            }
            Err(failure) => self.person.stale = Some(failure),
        }
    }

    pub(super) fn on_activity(&mut self, number: &str, result: Result<Fresh, Failure>) {
        if number != self.person.number {
            return;
        }
        self.person.looking = false;
        let asked = std::mem::take(&mut self.person.asked_to_look);
        match result {
            Ok(fresh) => {
                self.token_taken();
                self.person.stale = None;
                self.person.failures = 0;
                self.take(fresh, asked);
            }
            Err(failure) if self.is_refusal(&failure) => return,
            Err(failure) => self.miss(failure),
        }
        if std::mem::take(&mut self.person.again) {
            self.look();
        } else {
            self.wish(Effect::Start(Timer::Poll, self.next_poll()));
        }
    }

    fn take(&mut self, fresh: Fresh, asked: bool) {
        match fresh {
            Fresh::Same(as_of) => {
                if let Half::Here(activity) = &mut self.person.activity {
                    activity.as_of = as_of;
                }
                self.tell(false, asked);
            }
            Fresh::New(activity, etag) => {
                let before = self.person.activity.here().map(figures);
                self.tell(
                    before.is_some_and(|before| before != figures(&activity)),
                    asked,
                );
                // Videos have no thumbnail; asking would only fail.
                for upload in activity
                    .uploads
                    .recent
                    .iter()
                    .filter(|upload| upload.kind == UploadKind::Photo)
                {
                    self.show_image(Image::Thumbnail(upload.id.clone()));
                }
                self.person.activity = Half::Here(activity);
                self.person.etag = etag;
            }
        }
    }

    /// Says how a look went, where somebody wants to hear it. The good news after posting stays.
    fn tell(&mut self, changed: bool, asked: bool) {
        if !matches!(self.notice, Some(Notice::Posted(_))) {
            self.notice = if changed {
                Some(Notice::Changed)
            } else {
                asked.then_some(Notice::Unchanged)
            };
        }
    }

    fn miss(&mut self, failure: Failure) {
        self.person.failures += 1;
        if failure.kind.withdraws() || self.person.activity.here().is_none() {
            self.person.activity = Half::Missing(failure);
            self.person.etag = None;
        } else {
            self.person.stale = Some(failure);
        }
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
        let asked = failure.and_then(|failure| failure.wait_ms());
        doubled.max(asked.unwrap_or_default())
    }

    /// Asks for a picture once.
    fn show_image(&mut self, image: Image) {
        if self.images.ask(&image) {
            self.wish(Effect::GetImage(image));
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
