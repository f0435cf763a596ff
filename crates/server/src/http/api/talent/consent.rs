//! Missing consent: the app may not read Talent on people's behalf until an administrator allows it.

use axum::http::StatusCode;
use eloops_api::Notice;
use url::form_urlencoded::Serializer;

use crate::http::plumbing::problem::ApiError;
use crate::http::{App, Space};

const CODE: &str = "consent_missing";
const SENTENCE: &str = "Eloops may not read Talent on your behalf yet: an administrator of Microsoft Entra has to consent once.";

/// The sentence beside a record of the last sync, with Microsoft's page where it is put right
/// (Microsoft Learn: v2-admin-consent).
pub(super) fn notice(app: &App, space: &Space) -> Notice {
    let entra = &space.config.entra;
    let query = Serializer::new(String::new())
        .append_pair("client_id", &entra.client_id)
        .append_pair(
            "redirect_uri",
            &format!("{}/auth/consented", app.public_origin()),
        )
        .finish();
    Notice {
        code: CODE.to_owned(),
        detail: SENTENCE.to_owned(),
        link: Some(format!("{}/adminconsent?{query}", entra.tenant_root())),
    }
}

/// The same where there is no record that the caller may see. It is said of every number, so it tells of none.
pub(super) fn refusal() -> ApiError {
    ApiError::new(StatusCode::FORBIDDEN, CODE, SENTENCE)
}
