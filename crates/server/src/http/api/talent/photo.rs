use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use eloops_talent::{read_image, reads};

use super::as_user::{self, NoToken};
use super::from_talent;
use crate::auth::access::Seeker;
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::headers::UPLOADED;
use crate::http::plumbing::problem::ApiError;
use crate::media::kind::photo_format;
use crate::media::photo::{PORTRAIT_SIDE, portrait};
use crate::talent_client::CallError;

/// The worker's portrait, read from Talent as the signed-in user
///
/// A JPEG of at most 512 pixels a side; 404 when there is none, or none that the user may see.
#[utoipa::path(get, path = "/talent/workers/{number}/photo", tag = "workers",
    params(("number" = String, Path, description = "Talent's personnel number", example = "000014")),
    responses((status = 200, content_type = "image/jpeg", body = [u8]), Denied))]
pub(in crate::http::api) async fn photo(
    State(app): State<App>,
    caller: Seeker,
    InPath(number): InPath<String>,
) -> Result<Response, ApiError> {
    let token = match as_user::token(&app, &caller).await {
        Ok(token) => token,
        Err(NoToken::Challenge(challenge)) => return Err(challenge),
        Err(NoToken::ConsentMissing | NoToken::Unavailable) => return Err(ApiError::not_found()),
    };
    let space = &caller.space;
    let no = |error: CallError| {
        tracing::info!(%error, "Talent did not give the user the portrait");
        as_user::forget(&caller, &error);
        ApiError::not_found()
    };
    let worker = from_talent::worker(space, &token, &number)
        .await
        .map_err(no)?;
    let party = worker.party_number.ok_or_else(ApiError::not_found)?;
    let request = reads::person_image(space.talent.root(), &party);
    let bytes = space
        .talent
        .send_as(token.expose(), &request, read_image)
        .await
        .map_err(no)?
        .ok_or_else(ApiError::not_found)?;
    // What Talent stores may be anything; only a readable picture goes on, made anew.
    let format = photo_format(&bytes).ok_or_else(ApiError::not_found)?;
    let _turn = app
        .photos()
        .acquire()
        .await
        .map_err(|error| ApiError::internal(&error))?;
    let picture = tokio::task::spawn_blocking(move || portrait(&bytes, format, PORTRAIT_SIDE))
        .await
        .map_err(|error| ApiError::internal(&error))?
        .map_err(|_| ApiError::not_found())?;
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=300"),
        (header::VARY, "authorization"),
        (header::CONTENT_DISPOSITION, "inline"),
        UPLOADED,
    ];
    Ok((headers, picture).into_response())
}
