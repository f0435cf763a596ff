use std::io::Seek;

use aws_lc_rs::digest::{Context, SHA256};
use axum::extract::multipart::Field;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use eloops_api::UploadKind;
use futures_util::StreamExt;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

use super::{Received, broken, too_large};
use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::media::video::{self, VideoError};
use crate::media::{MAX_VIDEO_BYTES, MediaKind};

/// Bytes that go to the media store at once.
const PIECE: usize = 256 * 1024;

/// Takes the field in, cleans it as a whole since its parts stand anywhere, and gives it to the media store.
pub(super) async fn keep(
    app: &App,
    field: Field<'_>,
    head: Bytes,
    kind: MediaKind,
    id: &str,
) -> Result<Received, ApiError> {
    let failed = |error: std::io::Error| {
        ApiError::internal(&format_args!(
            "a video could not be kept for a moment: {error}"
        ))
    };
    let mut file = File::from_std(tempfile::tempfile().map_err(failed)?);
    let (total, hash) = spool(field, head, &mut file).await?;
    let mut file = file.into_std().await;
    let file = tokio::task::spawn_blocking(move || {
        video::clean(&mut file, kind)?;
        file.rewind()?;
        Ok(file)
    })
    .await
    .map_err(|error| ApiError::internal(&error))?
    .map_err(|error| match error {
        VideoError::Malformed(what) => ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unreadable_video",
            format!("The video cannot be read: {what}. Export it once more as MP4 or WebM."),
        ),
        VideoError::Io(error) => failed(error),
    })?;
    let content_key = format!("{id}/content");
    let mut writing = app.media().begin(&content_key).await?;
    let mut pieces = ReaderStream::with_capacity(File::from_std(file), PIECE);
    while let Some(piece) = pieces.next().await {
        let written = match piece {
            Ok(piece) => writing.write(piece).await.map_err(ApiError::from),
            Err(error) => Err(failed(error)),
        };
        if let Err(error) = written {
            writing.abort().await;
            return Err(error);
        }
    }
    writing.finish().await?;
    Ok(Received {
        kind: UploadKind::Video,
        caption: String::new(),
        content_type: kind.content_type(),
        bytes: i64::try_from(total).unwrap_or(i64::MAX),
        size: None,
        content_key,
        thumbnail_key: None,
        hash,
    })
}

/// Writes the field into a file that has no name; gives its size and its hash.
async fn spool(
    mut field: Field<'_>,
    head: Bytes,
    file: &mut File,
) -> Result<(u64, String), ApiError> {
    let mut hash = Context::new(&SHA256);
    let mut total = 0_u64;
    let mut piece = head;
    loop {
        total += piece.len() as u64;
        if total > MAX_VIDEO_BYTES {
            return Err(too_large("A video may have 100 MB."));
        }
        hash.update(&piece);
        file.write_all(&piece)
            .await
            .map_err(|error| ApiError::internal(&error))?;
        match field.chunk().await.map_err(|error| broken(&error))? {
            Some(next) => piece = next,
            None => break,
        }
    }
    file.flush()
        .await
        .map_err(|error| ApiError::internal(&error))?;
    Ok((total, URL_SAFE_NO_PAD.encode(hash.finish())))
}
