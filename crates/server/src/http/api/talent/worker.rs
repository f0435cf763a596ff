use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eloops_api::TalentWorker;

use super::as_user::{self, NoToken};
use super::{consent, from_sync, from_talent};
use crate::auth::access::{Seeker, Target};
use crate::http::App;
use crate::http::api::Denied;
use crate::http::plumbing::extract::InPath;
use crate::http::plumbing::problem::ApiError;

/// The worker record, read from Talent as the signed-in user
///
/// For whoever Talent lets. Where Talent refuses or does not answer, the worker, the reporting line and
/// administrators get the record of the last sync, with `source` saying so. Where nobody consented to reading Talent on
/// people's behalf, `notice` says so beside it; without a record the answer is 403 `consent_missing`. Where Microsoft's
/// sign-in wants one more step of the person, the answer is 401 `insufficient_claims` with `claims`.
#[utoipa::path(get, path = "/talent/workers/{number}", tag = "workers",
    params(("number" = String, Path, description = "Talent's personnel number", example = "000014")),
    responses((status = 200, body = TalentWorker), Denied))]
pub(in crate::http::api) async fn worker(
    State(app): State<App>,
    caller: Seeker,
    InPath(number): InPath<String>,
) -> Result<Response, ApiError> {
    let mut lacks_consent = false;
    match as_user::token(&app, &caller).await {
        Ok(token) => match from_talent::worker(&caller.space, &token, &number).await {
            Ok(row) => {
                let record = from_talent::record(&app, &caller.space, &token, row).await;
                return Ok(Json(record).into_response());
            }
            Err(error) => {
                tracing::info!(%error, "Talent did not give the user the worker");
                as_user::forget(&caller, &error);
            }
        },
        Err(NoToken::Challenge(challenge)) => return Err(challenge),
        Err(NoToken::ConsentMissing) => lacks_consent = true,
        Err(NoToken::Unavailable) => {}
    }
    let member = match caller.find(&app, Target::Number(&number)).await {
        Ok(found) => found.member,
        Err(error) if lacks_consent && error.status == StatusCode::NOT_FOUND => {
            return Err(consent::refusal());
        }
        Err(error) => return Err(error),
    };
    let mut conn = app.store().read().await?;
    let mut record = from_sync::record(&mut conn, member).await?;
    if lacks_consent {
        record.notice = Some(consent::notice(&app, &caller.space));
    }
    Ok(Json(record).into_response())
}
