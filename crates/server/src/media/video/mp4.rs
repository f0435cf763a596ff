//! ISO base media (ISO/IEC 14496-12): a file of boxes, each with its size and four letters. A box that is taken
//! out becomes `free`, of the same size and full of zeros, so that the offsets in the tables hold.

mod boxes;
mod samples;

use std::io::{Read, Seek, Write};
use std::ops::Range;

use super::VideoError;
use super::editor::Editor;
use boxes::{Part, children, parts, wipe};

/// An `ftyp` names a handful of brands.
const MAX_FILE_TYPE: u64 = 1024;

/// Pictures, sound, subtitles (§12). Everything else, such as a phone's or an action camera's measurements of place
/// and movement, is a track that nobody sees.
const SHOWN: [&[u8; 4]; 9] = [
    b"vide", b"auxv", b"pict", b"soun", b"text", b"sbtl", b"subt", b"subp", b"clcp",
];

/// Parts that may stand anywhere, and that no player needs.
const BESIDE: [&[u8; 4]; 5] = [b"udta", b"uuid", b"meta", b"free", b"skip"];

/// What the file is made of beside the movie.
struct Outline {
    /// Where the tracks' bytes are.
    data: Vec<Range<u64>>,
    /// Whether tracks go on in fragments (§8.8).
    fragmented: bool,
}

pub(super) fn clean<F: Read + Write + Seek>(editor: &mut Editor<'_, F>) -> Result<(), VideoError> {
    let top = parts(editor, 0, editor.len())?;
    let first = top.first().filter(|first| first.is(b"ftyp"));
    if first.is_none_or(|first| first.end - first.at > MAX_FILE_TYPE) {
        return Err(VideoError::Malformed("it does not begin as an MP4 does"));
    }
    if top.iter().filter(|part| part.is(b"moov")).count() != 1 {
        return Err(VideoError::Malformed("it has no description of its tracks"));
    }
    let outline = Outline {
        data: top
            .iter()
            .filter(|part| part.is(b"mdat"))
            .map(|part| part.body..part.end)
            .collect(),
        fragmented: top.iter().any(|part| part.is(b"moof")),
    };
    for part in &top {
        match &part.kind {
            b"ftyp" | b"mdat" | b"mfra" | b"sidx" | b"ssix" | b"styp" => {}
            b"moov" => movie(editor, part, &outline)?,
            b"moof" => fragment(editor, part)?,
            _ => wipe(editor, part)?,
        }
    }
    Ok(())
}

fn movie<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    movie: &Part,
    outline: &Outline,
) -> Result<(), VideoError> {
    for part in children(editor, movie)? {
        match &part.kind {
            b"mvhd" => forget_times(editor, &part)?,
            b"trak" => track(editor, &part, outline)?,
            b"mvex" | b"iods" => {}
            _ => wipe(editor, &part)?,
        }
    }
    Ok(())
}

fn track<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    track: &Part,
    outline: &Outline,
) -> Result<(), VideoError> {
    let inner = children(editor, track)?;
    let media = inner.iter().find(|part| part.is(b"mdia"));
    let media = media.ok_or(VideoError::Malformed("a track in it has no content"))?;
    if !SHOWN.contains(&&handler(editor, media)?) {
        if outline.fragmented {
            return Err(VideoError::Malformed(
                "it holds measurements in pieces that cannot be taken out",
            ));
        }
        samples::erase(editor, media, &outline.data)?;
        return wipe(editor, track);
    }
    for part in &inner {
        match &part.kind {
            b"tkhd" => forget_times(editor, part)?,
            b"mdia" => content(editor, part)?,
            b"edts" | b"tref" | b"tapt" | b"trgr" => {}
            _ => wipe(editor, part)?,
        }
    }
    Ok(())
}

/// What the track is, from its `hdlr` (§8.4.3).
fn handler<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    media: &Part,
) -> Result<[u8; 4], VideoError> {
    let inner = children(editor, media)?;
    let handler = inner
        .iter()
        .find(|part| part.is(b"hdlr") && part.end - part.body >= 24);
    let handler = handler.ok_or(VideoError::Malformed(
        "a track in it does not say what it is",
    ))?;
    editor.bytes(handler.body + 8)
}

fn content<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    media: &Part,
) -> Result<(), VideoError> {
    for part in children(editor, media)? {
        match &part.kind {
            b"mdhd" => forget_times(editor, &part)?,
            b"hdlr" => forget_name(editor, &part)?,
            b"minf" => information(editor, &part)?,
            b"elng" => {}
            _ => wipe(editor, &part)?,
        }
    }
    Ok(())
}

fn information<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    information: &Part,
) -> Result<(), VideoError> {
    for part in children(editor, information)? {
        match &part.kind {
            b"vmhd" | b"smhd" | b"hmhd" | b"nmhd" | b"sthd" | b"gmhd" | b"dinf" => {}
            b"hdlr" => forget_name(editor, &part)?,
            b"stbl" => wipe_beside(editor, &part)?,
            _ => wipe(editor, &part)?,
        }
    }
    Ok(())
}

fn fragment<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    fragment: &Part,
) -> Result<(), VideoError> {
    for part in children(editor, fragment)? {
        match &part.kind {
            b"mfhd" => {}
            b"traf" => wipe_beside(editor, &part)?,
            _ => wipe(editor, &part)?,
        }
    }
    Ok(())
}

fn wipe_beside<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    parent: &Part,
) -> Result<(), VideoError> {
    for part in children(editor, parent)? {
        if BESIDE.contains(&&part.kind) {
            wipe(editor, &part)?;
        }
    }
    Ok(())
}

/// A handler's name may tell the device.
fn forget_name<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    handler: &Part,
) -> Result<(), VideoError> {
    editor.zero((handler.body + 24).min(handler.end), handler.end)
}

/// Creation and change in `mvhd`, `tkhd`, `mdhd` (§8.2.2): 32 bits each, 64 in version 1. Zero is unknown.
fn forget_times<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    part: &Part,
) -> Result<(), VideoError> {
    let [version] = editor.bytes(part.body)?;
    let size = match version {
        0 => 8,
        1 => 16,
        _ => {
            return Err(VideoError::Malformed(
                "a header in it is of an unknown version",
            ));
        }
    };
    let from = part.body + 4;
    if from + size > part.end {
        return Err(VideoError::Malformed("a header in it is too short"));
    }
    editor.zero(from, from + size)
}
