//! Files to upload.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use reqwest::multipart::{Form, Part};

/// A picture of one colour.
pub(crate) fn picture(format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(400, 300, Rgb([40, 120, 200]));
    DynamicImage::from(picture)
        .write_to(&mut out, format)
        .unwrap();
    out.into_inner()
}

/// An MP4 without a track, with `bytes` in all; at least 148.
pub(crate) fn film(bytes: usize) -> Vec<u8> {
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    film.extend(b"\0\0\0\x74moov\0\0\0\x6cmvhd");
    film.resize(140, 0);
    let data = u32::try_from(bytes - film.len()).unwrap();
    film.extend(data.to_be_bytes());
    film.extend(b"mdat");
    film.resize(bytes, 7);
    film
}

/// A form with a file. Name and type are misleading on purpose.
pub(crate) fn form(file: Vec<u8>) -> Form {
    let part = Part::bytes(file)
        .file_name("note.txt")
        .mime_str("text/plain")
        .unwrap();
    Form::new().part("file", part)
}
