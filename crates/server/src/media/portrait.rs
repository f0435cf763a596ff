use image::imageops::FilterType;

use super::{Kind, MediaError, photo, sniff};

/// Side of a portrait in pixels: sharp at 96 CSS pixels on a dense screen.
const SIDE: u32 = 240;
/// A worker's photo is small; more than this is no portrait.
const MAX_PIXELS: u64 = 40_000_000;

/// A worker's photo as Talent holds it, made a square JPEG without metadata.
///
/// # Errors
/// [`MediaError`] when the bytes are no picture, a damaged one, or far too large.
pub fn portrait(bytes: &[u8]) -> Result<Vec<u8>, MediaError> {
    if bytes.is_empty() {
        return Err(MediaError::Empty);
    }
    let Some(Kind::Photo(format)) = sniff(bytes) else {
        return Err(MediaError::UnsupportedType);
    };
    let picture = photo::decode(bytes, format, MAX_PIXELS)?;
    let side = picture.width().min(picture.height()).clamp(1, SIDE);
    photo::to_jpeg(&picture.resize_to_fill(side, side, FilterType::Triangle))
}
