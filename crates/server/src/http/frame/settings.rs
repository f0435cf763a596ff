use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use eloops_api::FrameSettings;
use serde::Deserialize;

use crate::http::App;
use crate::http::plumbing::extract::Params;
use crate::http::plumbing::problem::ApiError;

#[derive(Deserialize)]
pub(super) struct Asked {
    /// Which customer's, where this server has several; the first one's by default.
    tenant: Option<String>,
}

/// `GET /frame/settings.json?tenant=…`: what the frame has to know before it asks anybody for a token. Holds
/// nothing that the sign-in page would not show.
///
/// # Errors
/// 404 for a tenant that is not served here.
pub(super) async fn settings(
    State(app): State<App>,
    Params(asked): Params<Asked>,
) -> Result<Response, ApiError> {
    let space = match asked.tenant.as_deref() {
        Some(tenant) => app.space_of_tenant(tenant),
        None => app.spaces().first(),
    };
    let space = space.ok_or_else(ApiError::not_found)?;
    let settings = FrameSettings {
        audience: space.api_audience().to_owned(),
        token_hosts: app.token_hosts().to_vec(),
    };
    // A changed list counts within a minute.
    let caching = [(header::CACHE_CONTROL, "public, max-age=60")];
    Ok((caching, Json(settings)).into_response())
}
