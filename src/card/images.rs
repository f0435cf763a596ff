/// A picture that is fetched with the bearer and shown from memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// A worker's photo, by number.
    Photo(String),
    /// An upload's thumbnail, by id.
    Thumbnail(String),
}

/// Pictures asked for, and their addresses in the page once they are here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Images(Vec<(Image, Option<String>)>);

impl Images {
    /// A picture's address, when it is here.
    pub fn address(&self, wanted: &Image) -> Option<&str> {
        self.0
            .iter()
            .find(|(image, _)| image == wanted)?
            .1
            .as_deref()
    }

    /// Notes that a picture is asked for; false when it was before.
    pub(super) fn ask(&mut self, image: &Image) -> bool {
        let new = !self.0.iter().any(|(known, _)| known == image);
        if new {
            self.0.push((image.clone(), None));
        }
        new
    }

    pub(super) fn put(&mut self, image: &Image, address: Option<String>) {
        if let Some(entry) = self.0.iter_mut().find(|(known, _)| known == image) {
            entry.1 = address;
        }
    }
}
