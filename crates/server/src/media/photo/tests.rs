use image::{ImageEncoder, Rgb, Rgba, RgbaImage};

use super::*;

mod hostile;

fn picture(width: u32, height: u32) -> RgbImage {
    // Red on the left, blue on the right, so that turning shows.
    RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([230, 20, 20])
        } else {
            Rgb([20, 20, 230])
        }
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.into().write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A JPEG with an EXIF block: orientation 6 (turn right), and a maker's note to look for.
fn photographed() -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    exif.extend(2_u16.to_be_bytes());
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]);
    exif.extend([0x01, 0x0F, 0, 2, 0, 0, 0, 12, 0, 0, 0, 38]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(b"GPSCANARY-1\0");
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new(&mut out);
    encoder.set_exif_metadata(exif[6..].to_vec()).unwrap();
    encoder.encode_image(&picture(64, 32)).unwrap();
    assert!(
        contains(&out, b"GPSCANARY"),
        "the test's own picture carries the note"
    );
    out
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_photo_is_upright_and_carries_no_metadata() {
    let photo = make_anew(&photographed(), ImageFormat::Jpeg).unwrap();
    assert_eq!((photo.width, photo.height), (32, 64), "turned to the right");
    assert!(!contains(&photo.content, b"GPSCANARY") && !contains(&photo.content, b"Exif"));
    assert!(!contains(&photo.thumbnail, b"GPSCANARY"));
    let upright = image::load_from_memory(&photo.content).unwrap().into_rgb8();
    let Rgb([red, _, blue]) = *upright.get_pixel(16, 4);
    assert!(red > blue, "left came to the top: {red} {blue}");
}

#[test]
fn thumbnails_are_small_jpegs() {
    for (width, height, expected) in [
        (1000, 500, (320, 160)),
        (500, 1000, (160, 320)),
        (40, 30, (40, 30)),
    ] {
        let bytes = encoded(picture(width, height), ImageFormat::Png);
        let photo = make_anew(&bytes, ImageFormat::Png).unwrap();
        assert_eq!(
            super::super::kind::photo_format(&photo.thumbnail),
            Some(ImageFormat::Jpeg)
        );
        let thumbnail = image::load_from_memory(&photo.thumbnail).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), expected);
    }
}

#[test]
fn every_format_comes_out_as_what_browsers_show() {
    for (format, expected) in [
        (ImageFormat::Jpeg, "image/jpeg"),
        (ImageFormat::Png, "image/png"),
        (ImageFormat::Gif, "image/gif"),
        (ImageFormat::WebP, "image/jpeg"),
    ] {
        let photo = make_anew(&encoded(picture(20, 10), format), format).unwrap();
        assert_eq!(photo.content_type, expected, "{format:?}");
        let again = image::load_from_memory(&photo.content).unwrap();
        assert_eq!((again.width(), again.height()), (20, 10));
    }
}

#[test]
fn transparency_stays_in_the_picture_and_turns_white_in_the_thumbnail() {
    let clear = RgbaImage::from_pixel(10, 10, Rgba([0, 0, 0, 0]));
    let photo = make_anew(&encoded(clear, ImageFormat::WebP), ImageFormat::WebP).unwrap();
    assert_eq!(photo.content_type, "image/png");
    let thumbnail = image::load_from_memory(&photo.thumbnail)
        .unwrap()
        .into_rgb8();
    assert!(
        thumbnail
            .get_pixel(5, 5)
            .0
            .iter()
            .all(|channel| *channel > 250)
    );
}

#[test]
fn a_bomb_and_a_torso_are_refused() {
    // A PNG header that promises 60,000 × 60,000 pixels.
    let mut bomb = encoded(picture(2, 2), ImageFormat::Png);
    bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    assert!(make_anew(&bomb, ImageFormat::Png).is_err());
    let whole = encoded(picture(50, 50), ImageFormat::Png);
    assert_eq!(
        make_anew(&whole[..60], ImageFormat::Png),
        Err(PhotoError::Unreadable)
    );
    assert_eq!(
        make_anew(b"\xFF\xD8\xFFnonsense", ImageFormat::Jpeg),
        Err(PhotoError::Unreadable)
    );
}

#[test]
fn too_many_pixels_are_refused_before_they_are_read() {
    // A small GIF whose screen claims 30,000 × 2,000 pixels.
    let mut bytes = encoded(picture(4, 4), ImageFormat::Gif);
    bytes[6..8].copy_from_slice(&30_000_u16.to_le_bytes());
    bytes[8..10].copy_from_slice(&2_000_u16.to_le_bytes());
    assert_eq!(
        make_anew(&bytes, ImageFormat::Gif),
        Err(PhotoError::TooManyPixels)
    );
}
