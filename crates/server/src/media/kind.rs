//! What a file is, by its first bytes. Names and declared types are not believed.

use eloops_api::UploadKind;
use image::ImageFormat;

/// Bytes from the beginning that decide.
pub const SNIFF_BYTES: usize = 64;

/// A kind of file that can be uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// A photo of this format: JPEG, PNG, GIF or WebP.
    Photo(ImageFormat),
    /// ISO base media (MP4, also from phones).
    Mp4,
    /// WebM.
    Webm,
}

impl MediaKind {
    /// The kind of a file with these first bytes; `None` for everything that is not accepted.
    #[must_use]
    pub fn sniff(head: &[u8]) -> Option<Self> {
        if let Some(format) = photo_format(head) {
            return Some(Self::Photo(format));
        }
        // ISO/IEC 14496-12 §4.3: the first box is `ftyp`, with the major brand behind it.
        if head.get(4..8) == Some(b"ftyp") {
            let brand = head.get(8..12)?;
            let film = [
                &b"isom"[..],
                b"iso2",
                b"iso4",
                b"iso5",
                b"iso6",
                b"mp41",
                b"mp42",
                b"avc1",
                b"M4V ",
                b"MSNV",
                b"mmp4",
                b"3gp4",
                b"3gp5",
                b"dash",
            ];
            return film.contains(&brand).then_some(Self::Mp4);
        }
        // Matroska's EBML header; WebM names itself within the first element.
        if head.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
            let named = head.windows(4).any(|window| window == b"webm");
            return named.then_some(Self::Webm);
        }
        None
    }

    /// Photo or video.
    #[must_use]
    pub fn upload_kind(self) -> UploadKind {
        match self {
            Self::Photo(_) => UploadKind::Photo,
            Self::Mp4 | Self::Webm => UploadKind::Video,
        }
    }

    /// The media type.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Photo(format) => format.to_mime_type(),
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
        }
    }
}

/// The format of a picture that browsers show: JPEG, PNG, GIF or WebP.
#[must_use]
pub fn photo_format(head: &[u8]) -> Option<ImageFormat> {
    if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(ImageFormat::Jpeg)
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        Some(ImageFormat::Gif)
    } else if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        Some(ImageFormat::WebP)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_first_bytes() {
        let webm = b"\x1A\x45\xDF\xA3\x01\x00\x00\x00\x00\x00\x00\x1F\x42\x82\x84webm".as_slice();
        for (head, expected) in [
            (&b"\xFF\xD8\xFF\xE0..."[..], Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n....", Some("image/png")),
            (b"GIF89a......", Some("image/gif")),
            (b"RIFF\x10\0\0\0WEBPVP8 ", Some("image/webp")),
            (b"\0\0\0\x18ftypmp42....", Some("video/mp4")),
            (webm, Some("video/webm")),
            (b"\0\0\0\x18ftypheic....", None),
            (b"\x1A\x45\xDF\xA3....matroska", None),
            (b"RIFF\x10\0\0\0AVI LIST", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"<html>", None),
            (b"%PDF-1.7", None),
            (b"MZ", None),
            (b"", None),
        ] {
            let kind = MediaKind::sniff(head).map(MediaKind::content_type);
            assert_eq!(kind, expected, "{:?}", String::from_utf8_lossy(head));
        }
    }
}
