//! Pictures that carry more than a picture, or promise more than there is.

use super::*;

const CANARIES: [&str; 9] = [
    "GPSCANARY-1",
    "XMP-CANARY",
    "IPTC-CANARY",
    "ICC-CANARY",
    "COMMENT-CANARY",
    "TEXT-CANARY",
    "<script>alert('CANARY')</script>",
    "=alert(1);/*CANARY*/",
    "PK\u{3}\u{4}-CANARY",
];

/// One segment of a JPEG (ITU T.81 B.1.1.4).
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let size = u16::try_from(content.len() + 2).unwrap();
    [&[0xFF, marker], &size.to_be_bytes()[..], content].concat()
}

/// A JPEG with everything beside the picture, and a page and an archive behind it.
fn jpeg_with_everything() -> Vec<u8> {
    let photo = photographed();
    let (start, rest) = photo.split_at(2);
    [
        start,
        &segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>XMP-CANARY</x>"),
        &segment(0xE2, b"ICC_PROFILE\0\x01\x01ICC-CANARY"),
        &segment(0xED, b"Photoshop 3.0\08BIM\x04\x04IPTC-CANARY"),
        &segment(0xFE, b"COMMENT-CANARY <script>alert('CANARY')</script>"),
        rest,
        b"<script>alert('CANARY')</script>PK\x03\x04-CANARY",
    ]
    .concat()
}

/// One chunk of a PNG (its checksum is CRC-32, PNG §5.3).
fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [&kind[..], content].concat();
    let mut sum = u32::MAX;
    for byte in &named {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = (sum >> 1) ^ (0xEDB8_8320 * (sum & 1));
        }
    }
    let size = u32::try_from(content.len()).unwrap();
    [&size.to_be_bytes(), &named[..], &(!sum).to_be_bytes()].concat()
}

fn png_with_everything() -> Vec<u8> {
    let plain = encoded(picture(20, 10), ImageFormat::Png);
    // Behind the signature and IHDR.
    let (start, rest) = plain.split_at(8 + 25);
    [
        start,
        &chunk(b"tEXt", b"Comment\0TEXT-CANARY"),
        &chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x>XMP-CANARY</x>"),
        &chunk(b"eXIf", b"MM\0*GPSCANARY-1"),
        rest,
        b"<script>alert('CANARY')</script>",
    ]
    .concat()
}

/// One chunk of a RIFF file.
fn riff(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(content.len()).unwrap();
    let padding = &[0][..content.len() % 2];
    [kind, &size.to_le_bytes()[..], content, padding].concat()
}

fn webp_with_everything() -> Vec<u8> {
    let plain = encoded(picture(20, 10), ImageFormat::WebP);
    // EXIF and XMP there; 20 × 10, each less one.
    let extended = riff(b"VP8X", &[0b1100, 0, 0, 0, 19, 0, 0, 9, 0, 0]);
    let inner = [
        &b"WEBP"[..],
        &extended,
        &plain[12..],
        &riff(b"EXIF", b"MM\0*GPSCANARY-1"),
        &riff(b"XMP ", b"<x>XMP-CANARY</x>"),
    ]
    .concat();
    riff(b"RIFF", &inner)
}

/// A GIF that is a script too, with a comment.
fn gif_with_everything() -> Vec<u8> {
    let plain = encoded(picture(20, 10), ImageFormat::Gif);
    let mut bytes = plain[..plain.len() - 1].to_vec();
    bytes.extend(b"\x21\xFE\x0ECOMMENT-CANARY\0");
    bytes.extend(b"\x3B=alert(1);/*CANARY*/<script>alert('CANARY')</script>");
    bytes
}

#[test]
fn nothing_but_the_picture_passes() {
    for (format, bytes) in [
        (ImageFormat::Jpeg, jpeg_with_everything()),
        (ImageFormat::Png, png_with_everything()),
        (ImageFormat::WebP, webp_with_everything()),
        (ImageFormat::Gif, gif_with_everything()),
    ] {
        let carried = CANARIES
            .iter()
            .filter(|one| contains(&bytes, one.as_bytes()));
        assert!(
            carried.count() >= 2,
            "the test's own {format:?} carries them"
        );
        let photo = make_anew(&bytes, format).unwrap_or_else(|error| panic!("{format:?}: {error}"));
        for made in [&photo.content, &photo.thumbnail] {
            for canary in CANARIES {
                assert!(
                    !contains(made, canary.as_bytes()),
                    "{canary} left in a {format:?}"
                );
            }
            for mark in [
                "Exif",
                "http://ns.adobe.com",
                "ICC_PROFILE",
                "8BIM",
                "tEXt",
                "eXIf",
                "<x>",
            ] {
                assert!(
                    !contains(made, mark.as_bytes()),
                    "{mark} left in a {format:?}"
                );
            }
        }
        let portrait = portrait(&bytes, format, PORTRAIT_SIDE).unwrap();
        assert!(
            CANARIES
                .iter()
                .all(|one| !contains(&portrait, one.as_bytes()))
        );
    }
}

/// Sizes are looked at before pixels are: each of these promises billions of them in a few bytes.
#[test]
fn promises_of_many_pixels_are_refused_before_any_is_read() {
    let mut jpeg = encoded(picture(8, 8), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    let mut gif = encoded(picture(8, 8), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    let mut png = encoded(picture(8, 8), ImageFormat::Png);
    let header = chunk(b"IHDR", &[0, 0, 0x74, 0, 0, 0, 0x74, 0, 8, 2, 0, 0, 0]);
    png.splice(8..8 + 25, header);
    let mut webp = webp_with_everything();
    let size = webp.windows(4).position(|four| four == b"VP8X").unwrap() + 12;
    webp[size..size + 6].copy_from_slice(&[0xFF, 0x3F, 0, 0xFF, 0x3F, 0]);
    for (format, bytes) in [
        (ImageFormat::Jpeg, jpeg),
        (ImageFormat::Gif, gif),
        (ImageFormat::Png, png),
        (ImageFormat::WebP, webp),
    ] {
        let refused = make_anew(&bytes, format);
        assert_eq!(refused, Err(PhotoError::TooManyPixels), "{format:?}");
        assert!(
            portrait(&bytes, format, PORTRAIT_SIDE).is_err(),
            "{format:?}"
        );
    }
}

#[test]
fn a_film_of_many_frames_is_refused() {
    let plain = encoded(picture(400, 400), ImageFormat::Gif);
    let frame = plain.windows(2).position(|two| two == [0x21, 0xF9]);
    let frame = frame.unwrap_or_else(|| plain.iter().position(|byte| *byte == 0x2C).unwrap());
    let (start, rest) = plain.split_at(frame);
    let one = &rest[..rest.len() - 1];
    let film = [start, &one.repeat(320), b"\x3B"].concat();
    assert_eq!(
        make_anew(&film, ImageFormat::Gif),
        Err(PhotoError::TooManyPixels),
        "51 million pixels in all"
    );
}
