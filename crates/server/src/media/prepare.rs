use std::sync::Arc;
use std::thread::available_parallelism;

use bytes::Bytes;
use eloops_api::UploadKind;
use image::imageops::FilterType;
use image::{DynamicImage, GenericImageView, ImageFormat};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::{Kind, MediaError, photo, sniff, still};

/// Longest side of a kept photo, in pixels.
const LONG_SIDE: u32 = 2560;
/// Longest side of a thumbnail, in pixels.
const THUMBNAIL: u32 = 320;

/// What is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a photo.
    pub photo_bytes: u64,
    /// Pixels of a photo, checked before it is decoded.
    pub photo_pixels: u64,
    /// Bytes of a video.
    pub video_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            photo_bytes: 25_000_000,
            photo_pixels: 50_000_000,
            video_bytes: 100_000_000,
        }
    }
}

/// An upload made ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Photo or video.
    pub kind: UploadKind,
    /// Type of `content`.
    pub content_type: &'static str,
    /// What is kept: the photo encoded anew, the video as it came.
    pub content: Bytes,
    /// Pixels across and down; `None` for a video.
    pub size: Option<(u32, u32)>,
    /// A JPEG of at most 320 pixels on its long side.
    pub thumbnail: Bytes,
}

/// Prepares uploads beside the server's other work, as many at once as there are cores: decoding is pure
/// computation, and a hundred pictures at once would only take memory.
#[derive(Debug, Clone)]
pub struct Preparer {
    limits: Limits,
    turns: Arc<Semaphore>,
}

impl Preparer {
    /// A preparer with these limits.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self {
            limits,
            turns: Arc::new(Semaphore::new(cores)),
        }
    }

    /// What is accepted.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// [`prepare`], off the server's threads.
    ///
    /// # Errors
    /// As [`prepare`].
    pub async fn prepare(&self, bytes: Bytes) -> Result<Prepared, MediaError> {
        let limits = self.limits;
        self.in_turn(move || prepare(bytes, &limits)).await
    }

    /// [`super::portrait`], off the server's threads.
    ///
    /// # Errors
    /// As [`super::portrait`].
    pub async fn portrait(&self, bytes: Bytes) -> Result<Vec<u8>, MediaError> {
        self.in_turn(move || super::portrait(&bytes)).await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, MediaError> + Send + 'static,
    ) -> Result<T, MediaError> {
        // The semaphore is never closed; a decoder that panics is a picture we cannot open.
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|_| MediaError::BrokenPicture)?;
        spawn_blocking(work)
            .await
            .unwrap_or(Err(MediaError::BrokenPicture))
    }
}

/// Checks an upload and makes it ready to be kept.
///
/// # Errors
/// [`MediaError`] says what is wrong with the file and what is accepted.
pub fn prepare(bytes: Bytes, limits: &Limits) -> Result<Prepared, MediaError> {
    if bytes.is_empty() {
        return Err(MediaError::Empty);
    }
    let kind = sniff(&bytes).ok_or(MediaError::UnsupportedType)?;
    let limit = match kind {
        Kind::Photo(_) => limits.photo_bytes,
        Kind::Video(_) => limits.video_bytes,
    };
    if bytes.len() as u64 > limit {
        return Err(MediaError::TooLarge {
            photo_mb: limits.photo_bytes / 1_000_000,
            video_mb: limits.video_bytes / 1_000_000,
        });
    }
    match kind {
        Kind::Photo(format) => prepare_photo(&bytes, format, limits.photo_pixels),
        Kind::Video(content_type) => Ok(Prepared {
            kind: UploadKind::Video,
            content_type,
            content: bytes,
            size: None,
            thumbnail: still::still()?.into(),
        }),
    }
}

fn prepare_photo(
    bytes: &[u8],
    format: ImageFormat,
    max_pixels: u64,
) -> Result<Prepared, MediaError> {
    let picture = fit(photo::decode(bytes, format, max_pixels)?, LONG_SIDE);
    let (content_type, content) = if photo::is_transparent(&picture) {
        ("image/png", photo::to_png(&picture)?)
    } else {
        ("image/jpeg", photo::to_jpeg(&picture)?)
    };
    let size = Some(picture.dimensions());
    let thumbnail = photo::to_jpeg(&fit(picture, THUMBNAIL))?.into();
    Ok(Prepared {
        kind: UploadKind::Photo,
        content_type,
        content: content.into(),
        size,
        thumbnail,
    })
}

/// Made smaller, never larger.
fn fit(picture: DynamicImage, long_side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= long_side {
        return picture;
    }
    picture.resize(long_side, long_side, FilterType::Triangle)
}
