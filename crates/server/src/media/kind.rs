use eloops_api::UploadKind;
use image::ImageFormat;

/// What a file is by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture that the `image` crate decodes.
    Photo(ImageFormat),
    /// A video, with its content type.
    Video(&'static str),
}

impl Kind {
    /// Photo or video, as the API says it.
    #[must_use]
    pub fn upload_kind(self) -> UploadKind {
        match self {
            Self::Photo(_) => UploadKind::Photo,
            Self::Video(_) => UploadKind::Video,
        }
    }
}

/// Tells a file by its first bytes; `None` for everything that is not accepted.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Option<Kind> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Kind::Photo(ImageFormat::Jpeg)),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Kind::Photo(ImageFormat::Png)),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Photo(ImageFormat::Gif)),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(Kind::Photo(ImageFormat::WebP)),
        // ISO 14496-12 §4.3: the file type box, then its major brand.
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => film(brand.get(..4)?),
        // RFC 8794 §11.2.1: the EBML header; WebM names its document type within it.
        [0x1a, 0x45, 0xdf, 0xa3, head @ ..] => head
            .get(..head.len().min(64))?
            .windows(4)
            .any(|four| four == b"webm")
            .then_some(Kind::Video("video/webm")),
        _ => None,
    }
}

/// The brands of MP4 and QuickTime; HEIC and AVIF pictures share the container and are not accepted.
fn film(brand: &[u8]) -> Option<Kind> {
    match brand {
        b"qt  " => Some(Kind::Video("video/quicktime")),
        b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1"
        | b"M4V " | b"M4VH" | b"M4VP" | b"dash" | b"MSNV" | b"3gp4" | b"3gp5" => {
            Some(Kind::Video("video/mp4"))
        }
        _ => None,
    }
}
