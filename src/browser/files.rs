//! Files and pictures that live in the page's memory.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Blob, File, Url};

use super::pairing;
use crate::card::Picked;

/// The picked file, and the addresses of pictures that must be given back.
#[derive(Default)]
pub(super) struct Files {
    picked: RefCell<Option<Rc<ToPost>>>,
    pictures: RefCell<Vec<String>>,
}

/// A file with what makes its posting happen once.
pub(super) struct ToPost {
    pub(super) file: File,
    /// The caption of the last try, and its key: the same for every try with it, so that a try whose
    /// answer was lost does not post twice; another caption is another post.
    tried: RefCell<(String, String)>,
    preview: Option<String>,
}

impl ToPost {
    /// The `Idempotency-Key` of a try with this caption.
    pub(super) fn key(&self, caption: &str) -> String {
        let mut tried = self.tried.borrow_mut();
        if tried.1.is_empty() || tried.0 != caption {
            *tried = (caption.into(), pairing::random());
        }
        tried.1.clone()
    }
}

impl Files {
    /// Keeps a file that the person picked.
    pub(super) fn pick(&self, file: File) -> Box<Picked> {
        self.drop_picked();
        let video = file.type_().starts_with("video/");
        let preview = if video {
            None
        } else {
            Url::create_object_url_with_blob(&file).ok()
        };
        let picked = Box::new(Picked {
            key: pairing::random(),
            name: file.name(),
            video,
            preview: preview.clone(),
        });
        self.picked.replace(Some(Rc::new(ToPost {
            file,
            tried: RefCell::default(),
            preview,
        })));
        picked
    }

    pub(super) fn picked(&self) -> Option<Rc<ToPost>> {
        self.picked.borrow().clone()
    }

    pub(super) fn drop_picked(&self) {
        if let Some(preview) = self.picked.take().and_then(|picked| picked.preview.clone()) {
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
