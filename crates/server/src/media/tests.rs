//! What comes in and what is kept of it.

use std::io::Cursor;

use bytes::Bytes;
use eloops_api::UploadKind;
use futures_util::TryStreamExt;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::*;
use crate::config::MediaUrl;

/// Left half red, right half blue, wider than high: every turn shows.
fn two_halves() -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(64, 32, |x, _| {
        if x < 32 {
            Rgb([220, 20, 20])
        } else {
            Rgb([20, 20, 220])
        }
    }))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG with an Exif block: the orientation, a GPS position and an owner's name.
fn with_exif(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x02".to_vec();
    // Orientation (0x0112), SHORT, one value.
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    // Artist (0x013b), ASCII, 19 bytes behind the directory at offset 38.
    tiff.extend([0x01, 0x3b, 0, 2, 0, 0, 0, 19, 0, 0, 0, 38]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend(b"GPS 51.5074 -0.1278");
    let mut block = b"Exif\0\0".to_vec();
    block.extend(tiff);
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &block, &jpeg[2..]].concat()
}

fn prepared(bytes: Vec<u8>) -> Result<Prepared, MediaError> {
    prepare(Bytes::from(bytes), &Limits::default())
}

#[test]
fn a_photo_loses_its_metadata() {
    let jpeg = with_exif(&encoded(&two_halves(), ImageFormat::Jpeg), 1);
    let has = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|w| w == text);
    assert!(
        has(&jpeg, b"GPS 51.5074"),
        "the test's own picture carries a position"
    );
    let kept = prepared(jpeg).unwrap();
    for bytes in [&kept.content, &kept.thumbnail] {
        assert!(!has(bytes, b"GPS"), "a position was kept");
        assert!(!has(bytes, b"Exif"), "an Exif block was kept");
    }
}

#[test]
fn each_orientation_is_turned_upright() {
    let jpeg = encoded(&two_halves(), ImageFormat::Jpeg);
    // Exif 2.3 §4.6.4: where the red half ends up, by orientation.
    let expected = [
        (1, (64, 32), "left"),
        (2, (64, 32), "right"),
        (3, (64, 32), "right"),
        (4, (64, 32), "left"),
        (5, (32, 64), "top"),
        (6, (32, 64), "top"),
        (7, (32, 64), "bottom"),
        (8, (32, 64), "bottom"),
    ];
    for (orientation, size, red) in expected {
        let kept = prepared(with_exif(&jpeg, orientation)).unwrap();
        assert_eq!(kept.size, Some(size), "size at orientation {orientation}");
        let picture = image::load_from_memory(&kept.content).unwrap().to_rgb8();
        let is_red = |x, y| picture.get_pixel(x, y).0[0] > 128;
        let (width, height) = size;
        let found = match (is_red(4, 4), is_red(width - 5, 4), is_red(4, height - 5)) {
            (true, false, true) => "left",
            (false, true, false) => "right",
            (true, true, false) => "top",
            (false, false, true) => "bottom",
            other => panic!("no half is red at orientation {orientation}: {other:?}"),
        };
        assert_eq!(found, red, "the red half at orientation {orientation}");
    }
}

#[test]
fn transparency_is_kept_and_the_thumbnail_is_on_white() {
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 0])));
    let kept = prepared(encoded(&clear, ImageFormat::Png)).unwrap();
    assert_eq!(kept.content_type, "image/png");
    let thumbnail = image::load_from_memory(&kept.thumbnail).unwrap().to_rgb8();
    assert!(
        thumbnail.get_pixel(20, 20).0[0] > 250,
        "white behind what is transparent"
    );
}

#[test]
fn a_large_photo_is_made_smaller() {
    let wide = DynamicImage::ImageRgb8(RgbImage::new(3000, 300));
    let kept = prepared(encoded(&wide, ImageFormat::Png)).unwrap();
    assert_eq!(kept.size, Some((2560, 256)));
    let thumbnail = image::load_from_memory(&kept.thumbnail).unwrap();
    assert_eq!((thumbnail.width(), thumbnail.height()), (320, 32));
}

#[test]
fn a_video_is_kept_as_it_came() {
    let mp4 = [b"\0\0\0\x18ftypisom".as_slice(), &[0; 64]].concat();
    let kept = prepared(mp4.clone()).unwrap();
    assert_eq!(
        (kept.kind, kept.content_type),
        (UploadKind::Video, "video/mp4")
    );
    assert_eq!(kept.content, mp4);
    assert_eq!(sniff(&kept.thumbnail), Some(Kind::Photo(ImageFormat::Jpeg)));
}

#[test]
fn what_is_refused_says_why() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0".to_vec();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
    let mut broken = encoded(&two_halves(), ImageFormat::Png);
    broken.truncate(60);
    // A header that promises 100,000 × 100,000 pixels: refused before memory is taken.
    let mut bomb = encoded(&two_halves(), ImageFormat::Gif);
    bomb[6..10].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    let cases = [
        (Vec::new(), "empty"),
        (heic, "unsupported_type"),
        (svg, "unsupported_type"),
        (broken, "broken_picture"),
        (bomb, "too_many_pixels"),
    ];
    for (bytes, code) in cases {
        assert_eq!(prepared(bytes).unwrap_err().code(), code);
    }
    let small = Limits {
        photo_bytes: 10,
        ..Limits::default()
    };
    let jpeg = Bytes::from(encoded(&two_halves(), ImageFormat::Jpeg));
    assert_eq!(prepare(jpeg, &small).unwrap_err().code(), "too_large");
}

#[test]
fn a_portrait_is_a_small_square() {
    let wide = DynamicImage::ImageRgb8(RgbImage::new(600, 300));
    let kept =
        image::load_from_memory(&portrait(&encoded(&wide, ImageFormat::Png)).unwrap()).unwrap();
    assert_eq!((kept.width(), kept.height()), (240, 240));
    assert_eq!(
        portrait(b"\xff\xd8\xff\xe0 damaged").unwrap_err(),
        MediaError::BrokenPicture
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_make_it_panic(noise in proptest::collection::vec(any::<u8>(), 0..200), start in 0usize..5, cut in 0usize..400) {
        let heads = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif, ImageFormat::WebP];
        let mut bytes = heads.get(start).map(|format| encoded(&two_halves(), *format)).unwrap_or_default();
        bytes.truncate(cut);
        bytes.extend(noise);
        let _ = prepared(bytes.clone());
        let _ = portrait(&bytes);
    }
}

#[tokio::test]
async fn the_folder_gives_back_what_it_was_given() {
    let folder = tempfile::tempdir().unwrap();
    let media = Media::open(&MediaUrl::Folder(folder.path().join("media"))).unwrap();
    let key = content_key("0199");
    media
        .put(&key, Bytes::from_static(b"0123456789"))
        .await
        .unwrap();
    let whole = media.get(&key, None).await.unwrap().unwrap();
    assert_eq!((whole.total, whole.range.clone()), (10, 0..10));
    let part = media.get(&key, Some(2..5)).await.unwrap().unwrap();
    assert_eq!((part.total, part.range.clone()), (10, 2..5));
    let bytes: Vec<Bytes> = part.bytes.try_collect().await.unwrap();
    assert_eq!(bytes.concat(), b"234");
    media.delete(&key).await.unwrap();
    media.delete(&key).await.unwrap();
    assert!(media.get(&key, None).await.unwrap().is_none());
}

#[tokio::test]
async fn no_key_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let media = Media::open(&MediaUrl::Folder(folder.path().join("media"))).unwrap();
    media
        .put("../../outside", Bytes::from_static(b"x"))
        .await
        .unwrap();
    assert!(!folder.path().join("outside").exists());
    assert!(!folder.path().parent().unwrap().join("outside").exists());
}
