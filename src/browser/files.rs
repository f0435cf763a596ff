//! Files and pictures that live in the page's memory.

use std::cell::{Cell, RefCell};

use web_sys::{Blob, File, Url};

use super::pairing;
use crate::card::Picked;

/// The picked file, and the addresses of pictures that must be given back.
#[derive(Default)]
pub(super) struct Files {
    picked: RefCell<Option<ToPost>>,
    serial: Cell<u32>,
    pictures: RefCell<Vec<String>>,
}

/// A file with what makes its posting happen once.
#[derive(Clone)]
pub(super) struct ToPost {
    pub(super) file: File,
    /// The same for every try, so that a try whose answer was lost does not post twice.
    pub(super) idempotency_key: String,
    preview: Option<String>,
}

impl Files {
    /// Keeps a file that the person picked.
    pub(super) fn pick(&self, file: File) -> Picked {
        self.drop_picked();
        self.serial.set(self.serial.get() + 1);
        let video = file.type_().starts_with("video/");
        let preview = if video {
            None
        } else {
            Url::create_object_url_with_blob(&file).ok()
        };
        let picked = Picked {
            serial: self.serial.get(),
            name: file.name(),
            video,
            preview: preview.clone(),
        };
        let idempotency_key = pairing::random();
        self.picked.replace(Some(ToPost {
            file,
            idempotency_key,
            preview,
        }));
        picked
    }

    pub(super) fn picked(&self) -> Option<ToPost> {
        self.picked.borrow().clone()
    }

    pub(super) fn drop_picked(&self) {
        if let Some(preview) = self.picked.take().and_then(|picked| picked.preview) {
            revoke(&preview);
        }
    }

    /// An address in the page for a fetched picture.
    pub(super) fn keep(&self, picture: &Blob) -> Option<String> {
        let address = Url::create_object_url_with_blob(picture).ok()?;
        self.pictures.borrow_mut().push(address.clone());
        Some(address)
    }

    pub(super) fn drop_pictures(&self) {
        self.pictures
            .take()
            .iter()
            .for_each(|address| revoke(address));
    }
}

fn revoke(address: &str) {
    // An address that is gone already is as it should be.
    let _revoked = Url::revoke_object_url(address);
}
