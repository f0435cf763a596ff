use super::{Act, Card, Effect, Event, Focus, Notice};
use crate::failure::{Failure, FailureKind};

/// A photo or video on its way from the person to their uploads.
#[derive(Debug, Clone, PartialEq)]
pub enum Composer {
    /// Nothing is picked.
    Closed,
    /// A file is picked and waits for the person's word; perhaps after a try that failed.
    Open(Picked, Option<Failure>),
    /// It is being posted.
    Sending(Picked),
}

/// A file that the person picked; the file itself stays outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    /// Counts the picks, so that each gets a fresh form.
    pub serial: u32,
    /// The file's name.
    pub name: String,
    /// Whether the browser takes it for a video.
    pub video: bool,
    /// Its address in the page, to look at before posting.
    pub preview: Option<String>,
}

impl Card {
    pub(super) fn on_composer(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Picked(picked)
                if self.is_own() && !matches!(self.composer, Composer::Sending(_)) =>
            {
                self.composer = Composer::Open(picked, None);
                self.notice = None;
                vec![Effect::Focus(Focus::Caption)]
            }
            // Nobody is there to show it to.
            Event::Picked(_) => vec![Effect::DropFile],
            Event::Posted(result) => self.posted(result),
            _ => Vec::new(),
        }
    }

    pub(super) fn on_composer_act(&mut self, act: &Act) -> Vec<Effect> {
        match (act, std::mem::replace(&mut self.composer, Composer::Closed)) {
            (Act::Post, Composer::Open(picked, _)) => {
                self.composer = Composer::Sending(picked);
                vec![Effect::Post]
            }
            (Act::CancelPost, Composer::Open(..)) => {
                vec![Effect::DropFile, Effect::Focus(Focus::Add)]
            }
            (_, composer) => {
                self.composer = composer;
                Vec::new()
            }
        }
    }

    /// Closes the form; a file that is being posted goes on its way.
    pub(super) fn close_composer(&mut self) -> Vec<Effect> {
        if matches!(self.composer, Composer::Open(..)) {
            self.composer = Composer::Closed;
            return vec![Effect::DropFile];
        }
        Vec::new()
    }

    fn posted(&mut self, result: Result<eloops_api::Upload, Failure>) -> Vec<Effect> {
        let Composer::Sending(picked) = std::mem::replace(&mut self.composer, Composer::Closed)
        else {
            return Vec::new();
        };
        match result {
            Ok(upload) => {
                self.notice = Some(Notice::Posted(upload.coins));
                let mut effects = vec![Effect::DropFile, Effect::Focus(Focus::Add)];
                effects.extend(self.look_again());
                effects
            }
            Err(failure) if failure.kind == FailureKind::SignedOut => {
                // The file and its caption wait until the host's new token is here.
                self.composer = Composer::Open(picked, Some(failure.clone()));
                self.token_refused(failure)
            }
            Err(failure) => {
                self.composer = Composer::Open(picked, Some(failure));
                Vec::new()
            }
        }
    }
}
