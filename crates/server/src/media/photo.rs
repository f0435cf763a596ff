use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Rgb, RgbImage};

use super::MediaError;

/// JPEG quality of what is kept; higher costs bytes that nobody sees.
const QUALITY: u8 = 85;

/// Decodes a picture, upright. The pixel limit is checked on the header, before memory is taken for the pixels.
pub(super) fn decode(
    bytes: &[u8],
    format: ImageFormat,
    max_pixels: u64,
) -> Result<DynamicImage, MediaError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.no_limits();
    let mut decoder = reader
        .into_decoder()
        .map_err(|_| MediaError::BrokenPicture)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > max_pixels {
        let megapixels = max_pixels / 1_000_000;
        return Err(MediaError::TooManyPixels { megapixels });
    }
    // A wrong orientation tag is no reason to refuse a picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| MediaError::BrokenPicture)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Whether any pixel lets the background through.
pub(super) fn is_transparent(picture: &DynamicImage) -> bool {
    picture.color().has_alpha() && picture.to_rgba8().pixels().any(|pixel| pixel.0[3] < 255)
}

/// Without metadata: only the pixels are written.
pub(super) fn to_png(picture: &DynamicImage) -> Result<Vec<u8>, MediaError> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(picture.to_rgba8())
        .write_to(&mut bytes, ImageFormat::Png)
        .map_err(|_| MediaError::BrokenPicture)?;
    Ok(bytes.into_inner())
}

/// Without metadata, on white where it is transparent.
pub(super) fn to_jpeg(picture: &DynamicImage) -> Result<Vec<u8>, MediaError> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(&on_white(picture))
        .map_err(|_| MediaError::BrokenPicture)?;
    Ok(bytes)
}

fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [red, green, blue, alpha] = rgba.get_pixel(x, y).0;
        let blend = |channel: u8| {
            let (channel, alpha) = (u32::from(channel), u32::from(alpha));
            // At most 255 by construction.
            u8::try_from((channel * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        Rgb([blend(red), blend(green), blend(blue)])
    })
}
