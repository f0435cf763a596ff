use std::path::PathBuf;

use super::layers::Settings;

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
        settings.read("media_url", 0, |text| {
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
        })
    }
}
