//! Videos keep their pictures and their sound as they came; what stands beside them is taken out: place, time,
//! owner, device, measurements, comments, pictures attached.
//!
//! Everything is overwritten where it stands, by parts that players pass over, so that no other part moves and the
//! size stays. Only parts that are known to be needed are kept. What a camera writes into the pictures themselves
//! cannot be seen from outside and stays.

mod editor;
mod mp4;
mod webm;

use std::io::{Read, Seek, Write};

use super::MediaKind;
use editor::Editor;

/// Why a file is no video for us.
#[derive(Debug, thiserror::Error)]
pub enum VideoError {
    /// Its parts do not fit together.
    #[error("{0}")]
    Malformed(&'static str),
    /// The file could not be read or written on this machine.
    #[error("a video could not be worked on: {0}")]
    Io(#[from] std::io::Error),
}

/// Takes out what is no picture and no sound. Reads and writes much: run it off the async threads.
///
/// # Errors
/// [`VideoError`]; the file is then half done and not to be kept.
pub fn clean<F: Read + Write + Seek>(file: &mut F, kind: MediaKind) -> Result<(), VideoError> {
    let mut editor = Editor::new(file)?;
    match kind {
        MediaKind::Mp4 => mp4::clean(&mut editor),
        MediaKind::Webm => webm::clean(&mut editor),
        MediaKind::Photo(_) => Err(VideoError::Malformed("it is a photo")),
    }
}

#[cfg(test)]
mod tests;
