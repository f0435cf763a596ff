use thiserror::Error;

/// Why a file was not accepted. The text is for the person who chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MediaError {
    /// Nothing in it.
    #[error("The file is empty. Choose a photo or a video.")]
    Empty,
    /// Neither a photo nor a video that we know.
    #[error(
        "This is not a photo or video that can be shown here. Choose a JPEG, PNG, WebP or GIF picture, or an MP4, MOV or WebM video."
    )]
    UnsupportedType,
    /// Over the limit in bytes.
    #[error("The file is too large. A photo may have {photo_mb} MB, a video {video_mb} MB.")]
    TooLarge {
        /// The limit for photos, in units of 10⁶ bytes.
        photo_mb: u64,
        /// The limit for videos, in units of 10⁶ bytes.
        video_mb: u64,
    },
    /// Over the limit in pixels.
    #[error("The picture has too many pixels. It may have {megapixels} million.")]
    TooManyPixels {
        /// The limit, in units of 10⁶ pixels.
        megapixels: u64,
    },
    /// It begins like a picture and cannot be decoded.
    #[error("The picture is damaged and cannot be opened. Choose another one.")]
    BrokenPicture,
}

impl MediaError {
    /// The stable code of the problem details.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnsupportedType => "unsupported_type",
            Self::TooLarge { .. } => "too_large",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::BrokenPicture => "broken_picture",
        }
    }
}
