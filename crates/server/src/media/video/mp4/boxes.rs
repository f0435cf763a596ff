use std::io::{Read, Seek, Write};

use crate::media::video::VideoError;
use crate::media::video::editor::Editor;

/// One box: where it begins, where its content does, and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) at: u64,
    pub(super) body: u64,
    pub(super) end: u64,
    pub(super) kind: [u8; 4],
}

impl Part {
    pub(super) fn is(&self, kind: &[u8; 4]) -> bool {
        self.kind == *kind
    }
}

/// The boxes that fill `from..to` exactly.
pub(super) fn parts<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    from: u64,
    to: u64,
) -> Result<Vec<Part>, VideoError> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        editor.count()?;
        let part = read(editor, at, to)?;
        at = part.end;
        found.push(part);
    }
    Ok(found)
}

/// The boxes inside a box.
pub(super) fn children<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    parent: &Part,
) -> Result<Vec<Part>, VideoError> {
    parts(editor, parent.body, parent.end)
}

/// A box's head (§4.2): 32 bits of size and the kind; size 1 is followed by 64 bits of it, size 0 goes to the end
/// of the file.
fn read<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    at: u64,
    to: u64,
) -> Result<Part, VideoError> {
    let [a, b, c, d, kind @ ..] = editor.bytes::<8>(at)?;
    let (head, size) = match u32::from_be_bytes([a, b, c, d]) {
        0 if to == editor.len() => (8, to - at),
        1 => (16, u64::from_be_bytes(editor.bytes(at + 8)?)),
        size => (8, u64::from(size)),
    };
    let end = at
        .checked_add(size)
        .filter(|end| *end <= to && size >= head);
    Ok(Part {
        at,
        body: at + head,
        end: end.ok_or(VideoError::Malformed(
            "a part in it is larger than what holds it",
        ))?,
        kind,
    })
}

/// Makes it `free` (§8.1.2), of the same size.
pub(super) fn wipe<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    part: &Part,
) -> Result<(), VideoError> {
    editor.write(part.at + 4, b"free")?;
    editor.zero(part.body, part.end)
}
