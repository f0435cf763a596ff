use std::path::PathBuf;

use super::{layers::Settings, origin};

/// The frame page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its built files; none where they are looked for beside the program.
    pub dir: Option<PathBuf>,
    /// Sources of `frame-ancestors`; none means that nobody may embed it.
    pub ancestors: Vec<String>,
    /// Origins of pages that may hand the frame a token by `postMessage`; exact, none by default.
    pub token_hosts: Vec<String>,
}

impl Frame {
    pub(super) fn read(settings: &Settings) -> Option<Self> {
        let dir = settings
            .find("frame_dir", 0)
            .map(|found| PathBuf::from(found.value));
        let rules = origin::Rules::of(settings);
        let ancestors = settings.read("frame_ancestors", 0, |text| rules.ancestors(text));
        let token_hosts = settings.read("token_hosts", 0, |text| rules.origins(text));
        Some(Self {
            dir,
            ancestors: ancestors?,
            token_hosts: token_hosts?,
        })
    }
}
