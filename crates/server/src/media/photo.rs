//! Photos are made anew from their pixels: nothing that a camera wrote beside the picture (place,
//! time, owner) is kept, and nothing that is not a picture passes.

use std::io::Cursor;

use image::codecs::gif::{GifDecoder, GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::{
    AnimationDecoder, DynamicImage, Frame, ImageDecoder, ImageError, ImageFormat, ImageReader,
    Limits, RgbImage, imageops,
};

use super::THUMBNAIL_SIDE;

/// Pixels a photo may have; of a moving picture, all frames together.
pub const MAX_PIXELS: u64 = 50_000_000;

const MAX_SIDE: u32 = 30_000;
const CONTENT_QUALITY: u8 = 88;
const THUMBNAIL_QUALITY: u8 = 80;

/// A photo made anew, with its thumbnail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The picture.
    pub content: Vec<u8>,
    /// Its media type.
    pub content_type: &'static str,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// A JPEG of at most [`THUMBNAIL_SIDE`] pixels a side.
    pub thumbnail: Vec<u8>,
}

/// Why a file is no photo for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// The pixels cannot be read.
    #[error("the picture cannot be read; it may be damaged")]
    Unreadable,
    /// More than [`MAX_PIXELS`], or a side longer than `MAX_SIDE`.
    #[error("the picture has more than 50 million pixels; save it smaller and try again")]
    TooManyPixels,
}

/// Reads a picture, turns it upright, and writes it anew. Takes a moment and much memory: run it
/// off the async threads.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn make_anew(bytes: &[u8], format: ImageFormat) -> Result<Photo, PhotoError> {
    let upright = read_upright(bytes, format)?;
    let (width, height) = (upright.width(), upright.height());
    let small = upright.thumbnail(THUMBNAIL_SIDE.min(width), THUMBNAIL_SIDE.min(height));
    let thumbnail = jpeg(&on_white(&small), THUMBNAIL_QUALITY)?;
    let (content, content_type) = match format {
        ImageFormat::Gif => (gif_anew(bytes)?, "image/gif"),
        ImageFormat::Png => (png(upright)?, "image/png"),
        _ if upright.color().has_alpha() => (png(upright)?, "image/png"),
        _ => (jpeg(&upright.into_rgb8(), CONTENT_QUALITY)?, "image/jpeg"),
    };
    Ok(Photo {
        content,
        content_type,
        width,
        height,
        thumbnail,
    })
}

/// The longer side of a portrait as the card shows it, in pixels.
pub const PORTRAIT_SIDE: u32 = 512;

/// A picture as a JPEG of at most `side` pixels a side.
///
/// # Errors
/// When it cannot be read or is too large.
pub fn portrait(bytes: &[u8], format: ImageFormat, side: u32) -> Result<Vec<u8>, PhotoError> {
    let upright = read_upright(bytes, format)?;
    let small = if upright.width().max(upright.height()) > side {
        upright.thumbnail(side, side)
    } else {
        upright
    };
    jpeg(&on_white(&small), CONTENT_QUALITY)
}

fn read_upright(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, PhotoError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PhotoError::TooManyPixels);
    }
    // A picture without a readable orientation stands as it is.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_PIXELS * 8 + 16 * 1024 * 1024);
    limits
}

fn unreadable(error: ImageError) -> PhotoError {
    match error {
        ImageError::Limits(_) => PhotoError::TooManyPixels,
        _ => PhotoError::Unreadable,
    }
}

/// Transparent parts become white, as pages show them.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
    let mut white = image::RgbaImage::from_pixel(
        picture.width(),
        picture.height(),
        image::Rgba([255, 255, 255, 255]),
    );
    imageops::overlay(&mut white, &picture, 0, 0);
    DynamicImage::ImageRgba8(white).into_rgb8()
}

fn jpeg(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality)
        .encode_image(picture)
        .map_err(|_| PhotoError::Unreadable)?;
    Ok(out)
}

fn png(picture: DynamicImage) -> Result<Vec<u8>, PhotoError> {
    let mut out = Vec::new();
    // 8 bits a channel show everything that a screen does, in half the bytes.
    let picture = if picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    };
    picture
        .write_to(&mut Cursor::new(&mut out), ImageFormat::Png)
        .map_err(|_| PhotoError::Unreadable)?;
    Ok(out)
}

/// Every frame anew, so that a moving picture still moves.
fn gif_anew(bytes: &[u8]) -> Result<Vec<u8>, PhotoError> {
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(unreadable)?;
    decoder.set_limits(limits()).map_err(unreadable)?;
    let mut pixels = 0_u64;
    let mut out = Vec::new();
    {
        let mut encoder = GifEncoder::new_with_speed(&mut out, 20);
        encoder.set_repeat(Repeat::Infinite).map_err(unreadable)?;
        for frame in decoder.into_frames() {
            let frame: Frame = frame.map_err(unreadable)?;
            pixels += u64::from(frame.buffer().width()) * u64::from(frame.buffer().height());
            if pixels > MAX_PIXELS {
                return Err(PhotoError::TooManyPixels);
            }
            encoder.encode_frame(frame).map_err(unreadable)?;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests;
