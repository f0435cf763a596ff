//! Where a track's bytes are (§8.7): chunks at offsets, so many samples in each, each of its size.

use std::io::{Read, Seek, Write};
use std::ops::Range;

use super::boxes::{Part, children};
use crate::media::video::VideoError;
use crate::media::video::editor::Editor;

const TABLES: VideoError = VideoError::Malformed("the tables of a track in it do not fit together");

/// Overwrites everything that belongs to a track, so that taking it out leaves no bytes behind.
pub(super) fn erase<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    media: &Part,
    data: &[Range<u64>],
) -> Result<(), VideoError> {
    let Some(information) = inside(editor, media, b"minf")? else {
        return Ok(());
    };
    let Some(table) = inside(editor, &information, b"stbl")? else {
        return Ok(());
    };
    let mut left = editor.len();
    for range in ranges(editor, &table)? {
        let fits = data
            .iter()
            .any(|data| data.start <= range.start && range.end <= data.end);
        // Overlapping chunks would let a small file keep us busy for long.
        left = left
            .checked_sub(range.end - range.start)
            .filter(|_| fits)
            .ok_or(TABLES)?;
        editor.zero(range.start, range.end)?;
    }
    Ok(())
}

fn inside<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    parent: &Part,
    kind: &[u8; 4],
) -> Result<Option<Part>, VideoError> {
    let inner = children(editor, parent)?;
    Ok(inner.into_iter().find(|part| part.is(kind)))
}

fn ranges<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    table: &Part,
) -> Result<Vec<Range<u64>>, VideoError> {
    let mut offsets = Vec::new();
    let mut runs = Vec::new();
    let mut sizes = Sizes::Alike(0, 0);
    for part in children(editor, table)? {
        match &part.kind {
            b"stco" => offsets = numbers::<4, F>(editor, &part, 1)?,
            b"co64" => offsets = numbers::<8, F>(editor, &part, 1)?,
            b"stsc" => runs = numbers::<4, F>(editor, &part, 3)?,
            b"stsz" => sizes = sample_sizes(editor, &part)?,
            // Sizes of less than a byte: nobody writes measurements so.
            b"stz2" => return Err(TABLES),
            _ => {}
        }
    }
    let (runs, _) = runs.as_chunks::<3>();
    let mut run = 0;
    let mut found = Vec::with_capacity(offsets.len());
    for (chunk, offset) in (1_u64..).zip(offsets) {
        while runs.get(run + 1).is_some_and(|[first, ..]| *first <= chunk) {
            run += 1;
        }
        let samples = runs.get(run).map(|[_, samples, _]| *samples);
        let size = sizes.take(samples.ok_or(TABLES)?)?;
        let end = offset.checked_add(size).ok_or(TABLES)?;
        found.push(offset..end);
    }
    Ok(found)
}

/// Sizes of samples, in order.
enum Sizes {
    /// All alike, and how many are left.
    Alike(u64, u64),
    Each(std::vec::IntoIter<u64>),
}

impl Sizes {
    /// The next so many together.
    fn take(&mut self, samples: u64) -> Result<u64, VideoError> {
        match self {
            Self::Alike(size, left) => {
                let taken = samples.min(*left);
                *left -= taken;
                size.checked_mul(taken).ok_or(TABLES)
            }
            Self::Each(sizes) => {
                let samples = usize::try_from(samples).map_err(|_| TABLES)?;
                Ok(sizes.by_ref().take(samples).sum())
            }
        }
    }
}

fn sample_sizes<F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    part: &Part,
) -> Result<Sizes, VideoError> {
    let alike = u64::from(u32::from_be_bytes(editor.bytes(part.body + 4)?));
    if alike > 0 {
        let count = u32::from_be_bytes(editor.bytes(part.body + 8)?);
        return Ok(Sizes::Alike(alike, count.into()));
    }
    let behind = Part {
        body: part.body + 4,
        ..*part
    };
    let each = numbers::<4, F>(editor, &behind, 1)?;
    Ok(Sizes::Each(each.into_iter()))
}

/// Version and flags, a count, and so many entries of `width` numbers of `N` bytes.
fn numbers<const N: usize, F: Read + Write + Seek>(
    editor: &mut Editor<'_, F>,
    part: &Part,
    width: usize,
) -> Result<Vec<u64>, VideoError> {
    let table = editor.table(part.body, part.end)?;
    let (_, rest) = table.split_first_chunk::<4>().ok_or(TABLES)?;
    let (count, rest) = rest.split_first_chunk::<4>().ok_or(TABLES)?;
    let count = usize::try_from(u32::from_be_bytes(*count)).map_err(|_| TABLES)?;
    let (entries, _) = rest.as_chunks::<N>();
    let entries = count
        .checked_mul(width)
        .and_then(|wanted| entries.get(..wanted));
    let number = |entry: &[u8; N]| {
        entry
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    };
    Ok(entries.ok_or(TABLES)?.iter().map(number).collect())
}
