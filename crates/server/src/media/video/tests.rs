use std::io::Cursor;

use proptest::prelude::*;

use super::*;

mod films;

use films::{CANARIES, PICTURES, mp4, webm};

fn cleaned(film: &[u8], kind: MediaKind) -> Result<Vec<u8>, String> {
    let mut file = Cursor::new(film.to_vec());
    let outcome = clean(&mut file, kind).map_err(|error| error.to_string());
    let after = file.into_inner();
    assert_eq!(after.len(), film.len(), "the size stays, whatever happens");
    outcome.map(|()| after)
}

fn place(film: &[u8], part: &[u8]) -> Option<usize> {
    film.windows(part.len()).position(|window| window == part)
}

/// All that a camera notes is gone, and the pictures are where they were.
fn assert_clean(film: &[u8], kind: MediaKind) {
    for canary in CANARIES {
        assert!(
            place(film, canary).is_some(),
            "the test's own film carries {:?}",
            String::from_utf8_lossy(canary)
        );
    }
    let after = cleaned(film, kind).unwrap();
    for canary in CANARIES {
        assert_eq!(
            place(&after, canary),
            None,
            "{:?} is left",
            String::from_utf8_lossy(canary)
        );
    }
    assert_eq!(place(&after, PICTURES), place(film, PICTURES));
    assert!(place(&after, PICTURES).is_some());
    let again = cleaned(&after, kind).unwrap();
    assert!(again == after, "what is clean stays as it is");
}

#[test]
fn an_mp4_keeps_its_pictures_and_loses_everything_beside_them() {
    for large_sizes in [false, true] {
        assert_clean(&mp4(large_sizes), MediaKind::Mp4);
    }
}

#[test]
fn a_webm_keeps_its_pictures_and_loses_everything_beside_them() {
    for open_ended in [false, true] {
        assert_clean(&webm(open_ended), MediaKind::Webm);
    }
}

#[test]
fn times_of_an_mp4_become_unknown() {
    let film = mp4(false);
    let after = cleaned(&film, MediaKind::Mp4).unwrap();
    for header in [b"mvhd", b"tkhd", b"mdhd"] {
        let at = place(&after, header).unwrap() + 8;
        assert_eq!(after[at..at + 8], [0; 8], "{header:?}");
        assert_ne!(film[at..at + 8], [0; 8], "{header:?} had times");
    }
}

#[test]
fn what_does_not_fit_together_is_refused_in_words() {
    let whole = mp4(false);
    let moov = place(&whole, b"moov").unwrap() - 4;
    let mut grown = whole.clone();
    grown[moov] = 0x7F;
    let mut deep = whole.clone();
    let header = place(&whole, b"mvhd").unwrap() - 4;
    deep[header..header + 4].copy_from_slice(&4_u32.to_be_bytes());
    let mut astray = whole.clone();
    // The measurements' chunk offset, into the head of the file.
    let table = place(&whole, b"stco").unwrap() + 12;
    astray[table..table + 4].copy_from_slice(&4_u32.to_be_bytes());
    let mut many = b"\0\0\0\x10ftypmp42\0\0\0\0".to_vec();
    many.extend(b"\0\0\0\x08moov");
    many.extend(b"\0\0\0\x08free".repeat(500_001));
    let webm_whole = webm(false);
    let mut matroska = webm_whole.clone();
    let kind = place(&webm_whole, b"webm").unwrap();
    matroska[kind..kind + 4].copy_from_slice(b"mkvs");
    let mut longer = webm_whole.clone();
    longer.extend(b"<script>");
    let mut astonishing = Vec::new();
    for (what, film, kind, expected) in [
        (
            "cut off",
            &whole[..whole.len() - 3],
            MediaKind::Mp4,
            "larger",
        ),
        ("no movie", &whole[..20], MediaKind::Mp4, "no description"),
        ("a box too large", &grown, MediaKind::Mp4, "larger"),
        (
            "a box smaller than its head",
            &deep,
            MediaKind::Mp4,
            "larger",
        ),
        ("samples elsewhere", &astray, MediaKind::Mp4, "tables"),
        ("too many boxes", &many, MediaKind::Mp4, "more parts"),
        ("nothing", &[], MediaKind::Mp4, "begin"),
        ("a page", b"<html><body>.....", MediaKind::Mp4, "larger"),
        ("a WebM as MP4", &webm_whole, MediaKind::Mp4, "larger"),
        ("an MP4 as WebM", &whole, MediaKind::Webm, "cannot be read"),
        ("another Matroska", &matroska, MediaKind::Webm, "begin"),
        ("a script behind it", &longer, MediaKind::Webm, "follows"),
        ("half", &webm_whole[..60], MediaKind::Webm, "larger"),
        ("nothing", &[], MediaKind::Webm, "larger"),
    ] {
        match cleaned(film, kind) {
            Ok(_) => astonishing.push(format!("{what} was taken")),
            Err(words) if words.contains(expected) => {}
            Err(words) => astonishing.push(format!("expected {expected:?} for {what}: {words}")),
        }
    }
    assert!(astonishing.is_empty(), "{}", astonishing.join("\n"));
}

proptest! {
    #[test]
    fn random_bytes_never_panic_and_sizes_never_change(
        bytes in proptest::collection::vec(any::<u8>(), 0..2_000),
        as_mp4: bool,
    ) {
        let mut film = if as_mp4 { b"\0\0\0\x10ftypmp42\0\0\0\0".to_vec() } else { b"\x1A\x45\xDF\xA3\x87\x42\x82\x84webm\x18\x53\x80\x67\xFF".to_vec() };
        film.extend(bytes);
        let kind = if as_mp4 { MediaKind::Mp4 } else { MediaKind::Webm };
        let _ = cleaned(&film, kind);
    }

    #[test]
    fn damaged_films_never_panic_and_sizes_never_change(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        which in 0..4_u8,
        cut in any::<prop::sample::Index>(),
    ) {
        let (mut film, kind) = match which {
            0 => (mp4(false), MediaKind::Mp4),
            1 => (mp4(true), MediaKind::Mp4),
            2 => (webm(false), MediaKind::Webm),
            _ => (webm(true), MediaKind::Webm),
        };
        for (at, byte) in changes {
            let at = at.index(film.len());
            film[at] = byte;
        }
        let _ = cleaned(&film, kind);
        film.truncate(cut.index(film.len()));
        let _ = cleaned(&film, kind);
    }
}
