use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};

/// Where photos and videos are kept: a folder or an S3 bucket. Cheap to clone.
#[derive(Clone)]
pub struct MediaStore {
    store: Arc<dyn ObjectStore>,
}

/// Why the media store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// The folder cannot be made or used.
    #[error("the media folder {folder} cannot be used ({source}); check ELOOPS_MEDIA_URL")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store itself failed.
    #[error("the media store failed: {0}")]
    Store(#[from] object_store::Error),
}

/// Content on its way out.
pub struct Reading {
    /// Size of the whole content.
    pub total: u64,
    /// The bytes that come.
    pub range: Range<u64>,
    /// The bytes.
    pub bytes: BoxStream<'static, object_store::Result<Bytes>>,
}

impl MediaStore {
    /// A folder, made when it does not exist.
    ///
    /// # Errors
    /// When it cannot be made or used.
    pub fn folder(folder: &Path) -> Result<Self, MediaError> {
        std::fs::create_dir_all(folder).map_err(|source| MediaError::Folder {
            folder: folder.display().to_string(),
            source,
        })?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true);
        Ok(Self {
            store: Arc::new(store),
        })
    }

    /// A bucket, with credentials from the usual `AWS_…` variables.
    ///
    /// # Errors
    /// When the variables do not make sense.
    pub fn s3(bucket: &str, prefix: &str) -> Result<Self, MediaError> {
        let bucket = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .build()?;
        let store: Arc<dyn ObjectStore> = if prefix.is_empty() {
            Arc::new(bucket)
        } else {
            Arc::new(PrefixStore::new(bucket, prefix))
        };
        Ok(Self { store })
    }

    /// Keeps some bytes.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put(&self, key: &str, bytes: Vec<u8>) -> Result<(), MediaError> {
        self.store
            .put(&Key::from(key), PutPayload::from(bytes))
            .await?;
        Ok(())
    }

    /// Begins to keep bytes that come in pieces.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn begin(&self, key: &str) -> Result<Writing, MediaError> {
        let upload = self.store.put_multipart(&Key::from(key)).await?;
        Ok(Writing(WriteMultipart::new(upload)))
    }

    /// Reads content, whole or in part; `None` when there is none of this key.
    ///
    /// # Errors
    /// When the store fails, also for a range beyond the content.
    pub async fn get(
        &self,
        key: &str,
        range: Option<GetRange>,
    ) -> Result<Option<Reading>, MediaError> {
        let options = GetOptions {
            range,
            ..GetOptions::default()
        };
        match self.store.get_opts(&Key::from(key), options).await {
            Ok(found) => Ok(Some(Reading {
                total: found.meta.size,
                range: found.range.clone(),
                bytes: found.into_stream(),
            })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes content. What cannot be removed is left behind with a note in the log: the upload
    /// itself is hidden already.
    pub async fn remove(&self, key: &str) {
        match self.store.delete(&Key::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => tracing::warn!(key, %error, "media could not be removed"),
        }
    }
}

/// Bytes being kept piece by piece.
pub struct Writing(WriteMultipart);

impl Writing {
    /// Adds a piece; waits while the store is behind.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn write(&mut self, piece: Bytes) -> Result<(), MediaError> {
        self.0.wait_for_capacity(4).await?;
        self.0.put(piece);
        Ok(())
    }

    /// Ends it; only now the content exists.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn finish(self) -> Result<(), MediaError> {
        self.0.finish().await?;
        Ok(())
    }

    /// Leaves nothing behind.
    pub async fn abort(self) {
        if let Err(error) = self.0.abort().await {
            tracing::warn!(%error, "an unfinished upload could not be removed");
        }
    }
}
