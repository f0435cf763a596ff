use serde::Deserialize;

use crate::rows::Row;
use crate::text;

/// A row of `Titles`: the title's text is its key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Title {
    /// The key and the text.
    #[serde(deserialize_with = "text::key")]
    pub title_id: Box<str>,
}

impl Row for Title {
    const SET: &'static str = "Titles";
    const PROPERTIES: &'static [&'static str] = &["TitleId"];
    const KEY: &'static [&'static str] = &["TitleId"];

    fn key(&self) -> Box<str> {
        self.title_id.clone()
    }
}
