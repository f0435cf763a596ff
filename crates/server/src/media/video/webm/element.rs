use std::io::{Read, Seek, Write};

use crate::media::video::VideoError;
use crate::media::video::editor::Editor;

const BROKEN: VideoError = VideoError::Malformed("a part in it is larger than what holds it");
pub(super) const NO_SIZE: VideoError = VideoError::Malformed("a part in it has no size");

/// One element: where it begins, where its content does, and where it ends; no end where it has no size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) at: u64,
    pub(super) id: u32,
    pub(super) body: u64,
    pub(super) end: Option<u64>,
}

/// RFC 8794 §4 to §6: an id of one to four bytes and a size of one to eight, each telling its length by the zeros
/// it begins with.
pub(super) fn read<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    at: u64,
    to: u64,
) -> Result<Element, VideoError> {
    editor.count()?;
    let mut head = [0; 12];
    let count = editor.peek(at, &mut head)?;
    let head = head.get(..count).unwrap_or_default();
    let (id, rest) = head.split_at_checked(length(head, 4)?).ok_or(BROKEN)?;
    let size = rest.get(..length(rest, 8)?).ok_or(BROKEN)?;
    let body = at + (id.len() + size.len()) as u64;
    // All bits set stands for no size.
    let all = (1_u64 << (7 * size.len())) - 1;
    let size = Some(number(size) & all).filter(|size| *size != all);
    let fits = |size| body.checked_add(size).filter(|end| *end <= to);
    let end = match size {
        Some(size) => Some(fits(size).ok_or(BROKEN)?),
        None => fits(0).map(|_| None).ok_or(BROKEN)?,
    };
    Ok(Element {
        at,
        id: u32::try_from(number(id)).map_err(|_| BROKEN)?,
        body,
        end,
    })
}

fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

fn length(bytes: &[u8], most: usize) -> Result<usize, VideoError> {
    let first = bytes.first().ok_or(BROKEN)?;
    let length = first.leading_zeros() as usize + 1;
    if length > most {
        return Err(VideoError::Malformed("a part in it cannot be read"));
    }
    Ok(length)
}

/// The elements that fill an element exactly.
pub(super) fn children<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    parent: &Element,
) -> Result<Vec<Element>, VideoError> {
    let to = parent.end.ok_or(NO_SIZE)?;
    let mut found = Vec::new();
    let mut at = parent.body;
    while at < to {
        let part = read(editor, at, to)?;
        at = part.end.ok_or(NO_SIZE)?;
        found.push(part);
    }
    Ok(found)
}

/// Makes it `Void` (RFC 8794 §11.3.2), of the same size.
pub(super) fn wipe<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    part: &Element,
) -> Result<(), VideoError> {
    let end = part.end.ok_or(NO_SIZE)?;
    // One byte of id, then as many of size as there is room for, eight at most. An element has two bytes at least.
    let behind_id = (end - part.at).saturating_sub(1);
    let size_length = behind_id.min(8);
    let size = (behind_id - size_length) | 1 << (7 * size_length);
    let unused = 8_u64.saturating_sub(size_length);
    let size = size.to_be_bytes();
    let size = size.get(usize::try_from(unused).unwrap_or(8)..);
    editor.write(part.at, &[0xEC])?;
    editor.write(part.at + 1, size.unwrap_or_default())?;
    editor.zero(part.at + 1 + size_length, end)
}
