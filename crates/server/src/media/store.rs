use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use thiserror::Error;

use crate::config::MediaUrl;

/// Why the media store failed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The folder cannot be made or reached.
    #[error(
        "the media folder {0} cannot be used: make it, or let the server write there (ELOOPS_MEDIA_URL)"
    )]
    Folder(PathBuf, #[source] std::io::Error),
    /// The store refused or did not answer.
    #[error(
        "the media store did not do what was asked (ELOOPS_MEDIA_URL, and the AWS_ variables for S3)"
    )]
    Remote(#[source] object_store::Error),
}

/// Where photos and videos are kept: a folder, or an S3 bucket.
#[derive(Debug, Clone)]
pub struct Media {
    store: Arc<dyn ObjectStore>,
}

/// The key of an upload's content.
#[must_use]
pub fn content_key(upload_id: &str) -> String {
    format!("uploads/{upload_id}/content")
}

/// The key of an upload's thumbnail.
#[must_use]
pub fn thumbnail_key(upload_id: &str) -> String {
    format!("uploads/{upload_id}/thumbnail")
}

impl Media {
    /// Opens the store; a folder is made when it is missing.
    ///
    /// # Errors
    /// [`StoreError`] when the folder cannot be made or the bucket's settings are incomplete.
    pub fn open(url: &MediaUrl) -> Result<Self, StoreError> {
        let store: Arc<dyn ObjectStore> = match url {
            MediaUrl::Folder(folder) => {
                let made = std::fs::create_dir_all(folder);
                made.map_err(|error| StoreError::Folder(folder.clone(), error))?;
                Arc::new(LocalFileSystem::new_with_prefix(folder).map_err(StoreError::Remote)?)
            }
            MediaUrl::S3 { bucket, prefix } => {
                // AWS_ENDPOINT, AWS_REGION, AWS_ALLOW_HTTP and the credentials' variables.
                let s3 = AmazonS3Builder::from_env().with_bucket_name(bucket);
                let s3 = s3.build().map_err(StoreError::Remote)?;
                Arc::new(PrefixStore::new(s3, prefix.as_str()))
            }
        };
        Ok(Self { store })
    }

    /// Keeps bytes under a key, whole or not at all.
    ///
    /// # Errors
    /// [`StoreError`] when the store refuses.
    pub async fn put(&self, key: &str, bytes: Bytes) -> Result<(), StoreError> {
        self.store
            .put(&path(key), bytes.into())
            .await
            .map_err(StoreError::Remote)?;
        Ok(())
    }

    /// The bytes under a key as a stream, or those of `range`; `None` when there is nothing.
    ///
    /// # Errors
    /// [`StoreError`] when the store refuses.
    pub async fn get(
        &self,
        key: &str,
        range: Option<Range<u64>>,
    ) -> Result<Option<Stored>, StoreError> {
        let range = range.map(GetRange::Bounded);
        let options = GetOptions {
            range,
            ..GetOptions::default()
        };
        match self.store.get_opts(&path(key), options).await {
            Ok(found) => Ok(Some(Stored {
                total: found.meta.size,
                range: found.range.clone(),
                bytes: found.into_stream().map_err(StoreError::Remote).boxed(),
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(StoreError::Remote(error)),
        }
    }

    /// Forgets a key; one that is not there is fine.
    ///
    /// # Errors
    /// [`StoreError`] when the store refuses.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self.store.delete(&path(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(StoreError::Remote(error)),
        }
    }
}

/// Bytes on their way out of the store.
pub struct Stored {
    /// Size of the whole, in bytes.
    pub total: u64,
    /// Which of them follow.
    pub range: Range<u64>,
    /// The bytes.
    pub bytes: BoxStream<'static, Result<Bytes, StoreError>>,
}

/// `Path::from` encodes what is no plain name, `..` among it, so that no key leads out of the store.
fn path(key: &str) -> Path {
    Path::from(key)
}
