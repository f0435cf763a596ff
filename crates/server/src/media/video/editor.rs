use std::io::{Read, Seek, SeekFrom, Write};

use super::VideoError;

/// Parts a file may have; the longest films that fit have some ten thousand.
const MAX_PARTS: u32 = 500_000;
/// Bytes of one table that is read at once.
const MAX_TABLE: u64 = 16 * 1024 * 1024;

const ENDS: VideoError = VideoError::Malformed("it ends too early");

/// A file of a fixed size, read and overwritten at places.
pub(super) struct Editor<'f, F> {
    file: &'f mut F,
    len: u64,
    parts: u32,
}

impl<'f, F: Read + Write + Seek> Editor<'f, F> {
    pub(super) fn new(file: &'f mut F) -> Result<Self, VideoError> {
        let len = file.seek(SeekFrom::End(0))?;
        Ok(Self {
            file,
            len,
            parts: 0,
        })
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Counts one more part, so that a file of nothing but parts ends.
    pub(super) fn count(&mut self) -> Result<(), VideoError> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Err(VideoError::Malformed(
                "it has more parts than a video can have",
            ));
        }
        Ok(())
    }

    /// Fills `bytes` from `at` on; gives how many there were.
    pub(super) fn peek(&mut self, at: u64, bytes: &mut [u8]) -> Result<usize, VideoError> {
        let left = usize::try_from(self.len.saturating_sub(at)).unwrap_or(usize::MAX);
        let count = left.min(bytes.len());
        self.file.seek(SeekFrom::Start(at))?;
        let (there, _) = bytes.split_at_mut(count);
        self.file.read_exact(there)?;
        Ok(count)
    }

    /// So many bytes from `at` on.
    pub(super) fn bytes<const N: usize>(&mut self, at: u64) -> Result<[u8; N], VideoError> {
        let mut bytes = [0; N];
        match self.peek(at, &mut bytes)? {
            count if count == N => Ok(bytes),
            _ => Err(ENDS),
        }
    }

    /// Everything between two places, unless it is too much.
    pub(super) fn table(&mut self, from: u64, to: u64) -> Result<Vec<u8>, VideoError> {
        let size = to
            .checked_sub(from)
            .filter(|_| to <= self.len)
            .ok_or(ENDS)?;
        if size > MAX_TABLE {
            return Err(VideoError::Malformed(
                "a table in it is larger than a video needs",
            ));
        }
        let mut bytes = vec![0; usize::try_from(size).map_err(|_| ENDS)?];
        self.peek(from, &mut bytes)?;
        Ok(bytes)
    }

    /// Overwrites what is there; never beyond the end.
    pub(super) fn write(&mut self, at: u64, bytes: &[u8]) -> Result<(), VideoError> {
        let end = at.checked_add(bytes.len() as u64);
        if end.is_none_or(|end| end > self.len) {
            return Err(ENDS);
        }
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(bytes)?;
        Ok(())
    }

    /// Overwrites with zeros.
    pub(super) fn zero(&mut self, from: u64, to: u64) -> Result<(), VideoError> {
        if to > self.len {
            return Err(ENDS);
        }
        let mut left = to.saturating_sub(from);
        self.file.seek(SeekFrom::Start(from))?;
        let zeros = [0; 8 * 1024];
        while left > 0 {
            let count = usize::try_from(left).unwrap_or(usize::MAX).min(zeros.len());
            let (piece, _) = zeros.split_at(count);
            self.file.write_all(piece)?;
            left -= count as u64;
        }
        Ok(())
    }
}
