//! Photos and videos: what a file really is, photos made anew, videos without what the camera noted beside them,
//! and where it is all kept.

pub mod kind;
pub mod photo;
mod store;
pub mod video;

pub use kind::MediaKind;
pub use store::{MediaError, MediaStore, Reading, Writing};

/// Bytes a photo may have.
pub const MAX_PHOTO_BYTES: u64 = 25 * 1024 * 1024;
/// Bytes a video may have.
pub const MAX_VIDEO_BYTES: u64 = 100 * 1024 * 1024;
/// The longer side of a thumbnail, in pixels.
pub const THUMBNAIL_SIDE: u32 = 320;
