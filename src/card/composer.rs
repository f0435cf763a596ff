use eloops_api::Upload;

use super::{Card, Effect, Focus, Notice};
use crate::failure::Failure;

/// A photo or video on its way from the person to their uploads.
#[derive(Debug, Clone, PartialEq)]
pub enum Composer {
    /// Nothing is picked.
    Closed,
    /// A file is picked and waits for the person's word; perhaps after a try that failed.
    Open(Box<Picked>, Option<Failure>),
    /// It is being posted.
    Sending(Box<Picked>),
}

/// A file that the person picked; the file itself stays outside.
#[derive(Debug, Clone, PartialEq)]
pub struct Picked {
    /// Another one for each pick, so that each gets a fresh form.
    pub key: String,
    /// The file's name.
    pub name: String,
    /// Whether the browser takes it for a video.
    pub video: bool,
    /// Its address in the page, to look at before posting.
    pub preview: Option<String>,
}

impl Card {
    pub(super) fn on_picked(&mut self, picked: Box<Picked>) {
        if self.is_own() {
            self.composer = Composer::Open(picked, None);
            self.notice = None;
            self.wish(Effect::Focus(Focus::Caption));
        } else {
            self.wish(Effect::DropFile);
        }
    }

    /// Posts the picked file.
    pub(super) fn post(&mut self) {
        self.composer = match std::mem::replace(&mut self.composer, Composer::Closed) {
            Composer::Open(picked, _) => {
                self.wish(Effect::Post);
                Composer::Sending(picked)
            }
            other => other,
        };
    }

    /// Closes the form; a file that is being posted goes on its way.
    pub(super) fn close_composer(&mut self) {
        if matches!(self.composer, Composer::Open(..)) {
            self.composer = Composer::Closed;
            self.wish(Effect::DropFile);
        }
    }

    pub(super) fn on_posted(&mut self, result: Result<Box<Upload>, Failure>) {
        let Composer::Sending(picked) = std::mem::replace(&mut self.composer, Composer::Closed)
        else {
            return;
        };
        match result {
            Ok(upload) => {
                self.notice = Some(Notice::Posted(upload.coins.unwrap_or(0)));
                self.wish(Effect::DropFile);
                self.wish(Effect::Focus(Focus::Add));
                self.look_again();
            }
            Err(failure) => {
                // The file and its caption stay, for another try.
                self.composer = Composer::Open(picked, Some(failure.clone()));
                self.is_refusal(&failure);
            }
        }
    }
}
