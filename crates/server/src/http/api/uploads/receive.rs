//! Reads the upload form piece by piece: a photo into memory, to be made anew; a video into a file that has no
//! name and is gone when it is closed, to be cleaned.

mod video;

use aws_lc_rs::digest::{Context, SHA256};
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::BytesMut;
use eloops_api::UploadKind;
use image::ImageFormat;

use crate::http::App;
use crate::http::plumbing::problem::ApiError;
use crate::media::kind::SNIFF_BYTES;
use crate::media::photo::{self, PhotoError};
use crate::media::{MAX_PHOTO_BYTES, MediaKind};

/// Characters a caption may have.
const MAX_CAPTION: usize = 500;
/// Bytes that many characters can take (four each), with room for what is trimmed.
const MAX_CAPTION_BYTES: usize = 4 * 1024;
/// Fields a form may have; two are of use.
const MAX_FIELDS: usize = 16;

/// An upload whose media is stored.
pub(super) struct Received {
    pub(super) kind: UploadKind,
    pub(super) caption: String,
    pub(super) content_type: &'static str,
    pub(super) bytes: i64,
    pub(super) size: Option<(i64, i64)>,
    pub(super) content_key: String,
    pub(super) thumbnail_key: Option<String>,
    /// SHA-256 of the file as it came.
    pub(super) hash: String,
}

impl Received {
    /// Removes the media again.
    pub(super) async fn discard(&self, app: &App) {
        app.media().remove(&self.content_key).await;
        if let Some(key) = &self.thumbnail_key {
            app.media().remove(key).await;
        }
    }
}

/// Reads the form and stores its file under keys that begin with `id`.
pub(super) async fn form(app: &App, mut form: Multipart, id: &str) -> Result<Received, ApiError> {
    let mut received: Option<Received> = None;
    let mut caption = String::new();
    let outcome = fields(app, &mut form, id, &mut received, &mut caption).await;
    match (outcome, received) {
        (Ok(()), Some(received)) => Ok(Received {
            caption,
            ..received
        }),
        (Ok(()), None) => Err(file_missing()),
        (Err(error), received) => {
            if let Some(received) = received {
                received.discard(app).await;
            }
            Err(error)
        }
    }
}

async fn fields(
    app: &App,
    form: &mut Multipart,
    id: &str,
    received: &mut Option<Received>,
    caption: &mut String,
) -> Result<(), ApiError> {
    let mut count = 0;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        count += 1;
        if count > MAX_FIELDS {
            return Err(ApiError::invalid("file", "send it in a form of two fields"));
        }
        match field.name() {
            Some("file") if received.is_some() => {
                return Err(ApiError::invalid("file", "send one file a request"));
            }
            Some("file") => *received = Some(file(app, field, id).await?),
            Some("caption") => *caption = text(field).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn text(mut field: Field<'_>) -> Result<String, ApiError> {
    let too_long = || ApiError::invalid("caption", "has to have at most 500 characters");
    let mut bytes = BytesMut::new();
    while let Some(piece) = field.chunk().await.map_err(|error| broken(&error))? {
        // The form may be as large as a video; a caption must not fill the memory.
        if bytes.len() + piece.len() > MAX_CAPTION_BYTES {
            return Err(too_long());
        }
        bytes.extend_from_slice(&piece);
    }
    let text = String::from_utf8(bytes.into())
        .map_err(|_| ApiError::invalid("caption", "has to be text in UTF-8"))?;
    // PostgreSQL's texts hold no NUL.
    let text = text.replace('\0', "");
    let text = text.trim();
    if text.chars().count() > MAX_CAPTION {
        return Err(too_long());
    }
    Ok(text.to_owned())
}

async fn file(app: &App, mut field: Field<'_>, id: &str) -> Result<Received, ApiError> {
    let mut head = BytesMut::new();
    while head.len() < SNIFF_BYTES {
        match field.chunk().await.map_err(|error| broken(&error))? {
            Some(piece) => head.extend_from_slice(&piece),
            None => break,
        }
    }
    if head.is_empty() {
        return Err(file_missing());
    }
    match MediaKind::sniff(&head) {
        Some(MediaKind::Photo(format)) => photo(app, field, head, format, id).await,
        Some(kind) => video::keep(app, field, head.freeze(), kind, id).await,
        None => Err(ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_type",
            "This is no photo (JPEG, PNG, WebP, GIF) or video (MP4, WebM) that Eloops can show.",
        )),
    }
}

async fn photo(
    app: &App,
    mut field: Field<'_>,
    mut bytes: BytesMut,
    format: ImageFormat,
    id: &str,
) -> Result<Received, ApiError> {
    loop {
        if bytes.len() as u64 > MAX_PHOTO_BYTES {
            return Err(too_large("A photo may have 25 MB."));
        }
        match field.chunk().await.map_err(|error| broken(&error))? {
            Some(piece) => bytes.extend_from_slice(&piece),
            None => break,
        }
    }
    let mut hash = Context::new(&SHA256);
    hash.update(&bytes);
    let _turn = app
        .photos()
        .acquire()
        .await
        .map_err(|error| ApiError::internal(&error))?;
    let made = tokio::task::spawn_blocking(move || photo::make_anew(&bytes, format))
        .await
        .map_err(|error| ApiError::internal(&error))?
        .map_err(|error| match error {
            PhotoError::TooManyPixels => too_large(
                "A photo may have 50 million pixels, 30,000 along a side; save it smaller.",
            ),
            PhotoError::Unreadable => ApiError::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "unreadable_picture",
                "The picture cannot be read; it may be damaged.",
            ),
        })?;
    let received = Received {
        kind: UploadKind::Photo,
        caption: String::new(),
        content_type: made.content_type,
        bytes: i64::try_from(made.content.len()).unwrap_or(i64::MAX),
        size: Some((i64::from(made.width), i64::from(made.height))),
        content_key: format!("{id}/content"),
        thumbnail_key: Some(format!("{id}/thumbnail")),
        hash: URL_SAFE_NO_PAD.encode(hash.finish()),
    };
    app.media().put(&received.content_key, made.content).await?;
    if let Err(error) = app
        .media()
        .put(&format!("{id}/thumbnail"), made.thumbnail)
        .await
    {
        received.discard(app).await;
        return Err(error.into());
    }
    Ok(received)
}

fn file_missing() -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "file_missing",
        "The form has no file: send a photo or a video in the field file.",
    )
}

fn too_large(detail: &'static str) -> ApiError {
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
}

fn broken(error: &MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large("A photo may have 25 MB, a video 100 MB.");
    }
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "malformed_form",
        "The form broke off or is no multipart/form-data; send it again.",
    )
}
