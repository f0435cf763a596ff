use std::path::PathBuf;

use super::{layers::Settings, origin};

/// Where photos and videos are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaUrl {
    /// A folder.
    Folder(PathBuf),
    /// An S3 bucket; credentials come from the usual `AWS_…` variables.
    S3 {
        /// The bucket.
        bucket: String,
        /// What the keys begin with; may be empty.
        prefix: String,
    },
}

impl MediaUrl {
    pub(super) fn read(settings: &Settings) -> Option<Self> {
        let media = settings.read("media_url", 0, |text| {
            if let Some(folder) = text
                .strip_prefix("file://")
                .filter(|folder| !folder.is_empty())
            {
                return Ok(Self::Folder(PathBuf::from(folder)));
            }
            if let Some(rest) = text.strip_prefix("s3://") {
                let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
                if !bucket.is_empty() {
                    let prefix = prefix.trim_matches('/').to_owned();
                    return Ok(Self::S3 {
                        bucket: bucket.to_owned(),
                        prefix,
                    });
                }
            }
            Err(format!(
                "\"{text}\" has to be file://FOLDER or s3://BUCKET/PREFIX"
            ))
        })?;
        let endpoints_are_fine = match media {
            Self::S3 { .. } => check_endpoints(settings),
            Self::Folder(_) => true,
        };
        endpoints_are_fine.then_some(media)
    }
}

/// An S3 of one's own is named by `AWS_ENDPOINT_URL` and the like; it gets credentials, so the rules of all
/// addresses hold.
fn check_endpoints(settings: &Settings) -> bool {
    let rules = origin::Rules::of(settings);
    let mut fine = true;
    for (name, value) in settings.variables("AWS_ENDPOINT") {
        if let Err(message) = rules.safe_url(value) {
            settings.note(name.to_owned(), message);
            fine = false;
        }
    }
    fine
}
