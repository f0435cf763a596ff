//! WebM (RFC 8794 for EBML, RFC 9559 for Matroska's elements): a tree of elements, each with an id and a size. An
//! element that is taken out becomes `Void`, of the same size and full of zeros.

mod element;

use std::io::{Read, Seek, Write};

use super::VideoError;
use super::editor::Editor;
use element::{Element, NO_SIZE, children, read, wipe};

const EBML: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const INFO: u32 = 0x1549_A966;
const TRACKS: u32 = 0x1654_AE6B;
const CUES: u32 = 0x1C53_BB6B;
const CLUSTER: u32 = 0x1F43_B675;
const TRACK_ENTRY: u32 = 0xAE;
const TRACK_TYPE: u32 = 0x83;

/// Bytes of the first element; a few short numbers and a word.
const MAX_HEAD: u64 = 1024;

pub(super) fn clean<F: Read + Write + Seek>(editor: &mut Editor<'_, F>) -> Result<(), VideoError> {
    let begins = VideoError::Malformed("it does not begin as a WebM does");
    let head = read(editor, 0, editor.len())?;
    let Some(after) = head.end.filter(|end| head.id == EBML && *end <= MAX_HEAD) else {
        return Err(begins);
    };
    let mut webm = false;
    for part in children(editor, &head)? {
        match part.id {
            // Version, read version, lengths, and the kind with its versions (RFC 8794 §11.2).
            0x4286 | 0x42F7 | 0x42F2 | 0x42F3 | 0x4287 | 0x4285 => {}
            DOC_TYPE => webm = content(editor, &part)? == b"webm",
            _ => wipe(editor, &part)?,
        }
    }
    let segment = read(editor, after, editor.len())?;
    if !webm || segment.id != SEGMENT {
        return Err(begins);
    }
    let end = segment.end.unwrap_or(editor.len());
    if end != editor.len() {
        return Err(VideoError::Malformed("something follows after its end"));
    }
    inside_segment(editor, segment.body, end)
}

/// Level by level as it comes: recorders write clusters without a size, which end where the next one begins.
fn inside_segment<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    from: u64,
    to: u64,
) -> Result<(), VideoError> {
    let mut at = from;
    let mut tracks = false;
    let mut in_open_cluster = false;
    while at < to {
        let part = read(editor, at, to)?;
        if part.id == CLUSTER {
            in_open_cluster = part.end.is_none();
            at = part.end.unwrap_or(part.body);
            continue;
        }
        at = part.end.ok_or(NO_SIZE)?;
        match part.id {
            // Time, place, size before, blocks (RFC 9559 §5.1.3).
            0xE7 | 0xA7 | 0xAB | 0xA3 | 0xA0 if in_open_cluster => continue,
            SEEK_HEAD | CUES => {}
            INFO => info(editor, &part)?,
            TRACKS => {
                tracks = true;
                for entry in children(editor, &part)? {
                    match entry.id {
                        TRACK_ENTRY => track(editor, &entry)?,
                        _ => wipe(editor, &entry)?,
                    }
                }
            }
            // Void and checksum may stand within a cluster, and do not end it.
            0xEC | 0xBF => {
                wipe(editor, &part)?;
                continue;
            }
            // Tags, chapters, attachments, and what nobody knows.
            _ => wipe(editor, &part)?,
        }
        in_open_cluster = false;
    }
    if tracks {
        Ok(())
    } else {
        Err(VideoError::Malformed("it has no description of its tracks"))
    }
}

/// RFC 9559 §5.1.2: of title, date, file names and programs only the time scale and the length are of use.
fn info<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    info: &Element,
) -> Result<(), VideoError> {
    for part in children(editor, info)? {
        match (part.id, part.end) {
            (0x2A_D7B1 | 0x4489, _) => {}
            // Program names have to be there, and may be empty: zeros end a text.
            (0x4D80 | 0x5741, Some(end)) => editor.zero(part.body, end)?,
            _ => wipe(editor, &part)?,
        }
    }
    Ok(())
}

/// RFC 9559 §5.1.4.1: pictures, sound or subtitles, without names and attachments.
fn track<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    entry: &Element,
) -> Result<(), VideoError> {
    let parts = children(editor, entry)?;
    let kind = match parts.iter().find(|part| part.id == TRACK_TYPE) {
        Some(kind) => content(editor, kind)?,
        None => Vec::new(),
    };
    if !matches!(kind.as_slice(), [1 | 2 | 17]) {
        return Err(VideoError::Malformed(
            "a track in it is neither picture nor sound nor subtitles",
        ));
    }
    for part in parts {
        // Name, codec's name, attachments, Void, CRC-32.
        if matches!(part.id, 0x536E | 0x25_8688 | 0x7446 | 0xEC | 0xBF) {
            wipe(editor, &part)?;
        }
    }
    Ok(())
}

fn content<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    part: &Element,
) -> Result<Vec<u8>, VideoError> {
    editor.table(part.body, part.end.ok_or(NO_SIZE)?)
}
