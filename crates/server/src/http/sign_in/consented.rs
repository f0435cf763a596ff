use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;

use super::locale::Locale;
use super::page;

/// What Microsoft's consent page says (Microsoft Learn: v2-admin-consent).
#[derive(Deserialize)]
pub(super) struct Answer {
    admin_consent: Option<String>,
    error: Option<String>,
}

/// `GET /auth/consented`: where Microsoft's consent page leads back to. Nothing is believed of what stands in the
/// address: whether there is consent shows when Talent is asked the next time.
pub(super) async fn consented(
    headers: HeaderMap,
    answer: Result<Query<Answer>, QueryRejection>,
) -> Response {
    let given = answer.is_ok_and(|Query(answer)| {
        answer.error.is_none() && answer.admin_consent.as_deref() == Some("True")
    });
    page::notice(StatusCode::OK, Locale::of(&headers), |words| {
        if given {
            &words.consented
        } else {
            &words.not_consented
        }
    })
}
