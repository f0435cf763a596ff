use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::locale::Locale;
use super::{page, signed_out};
use crate::http::{App, Space};

const PATH: &str = "/auth/microsoft-sign-out";

#[derive(Deserialize)]
pub(super) struct Which {
    /// Whose sign-in, where this server has several.
    tenant: Option<String>,
}

/// `GET /auth/microsoft-sign-out`: sends the person to Microsoft's own sign-out (OpenID Connect RP-Initiated
/// Logout §2), and from there to [`signed_out`]. Ends nothing here.
pub(super) async fn microsoft_sign_out(
    State(app): State<App>,
    headers: HeaderMap,
    which: Result<Query<Which>, QueryRejection>,
) -> Response {
    let locale = Locale::of(&headers);
    let space = match &which {
        Ok(Query(Which {
            tenant: Some(tenant),
        })) => app.space_of_tenant(tenant),
        _ => app.spaces().first(),
    };
    let Some(space) = space else {
        return page::notice(StatusCode::NOT_FOUND, locale, |words| &words.no_sign_out);
    };
    match address(&app, space).await {
        Ok(Some(address)) => (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response(),
        Ok(None) => page::notice(StatusCode::NOT_FOUND, locale, |words| &words.no_sign_out),
        Err(reason) => {
            tracing::warn!(reason, "nobody can be sent to Microsoft's sign-out");
            page::notice(StatusCode::BAD_GATEWAY, locale, |words| &words.no_sign_out)
        }
    }
}

async fn address(app: &App, space: &Space) -> Result<Option<HeaderValue>, String> {
    let metadata = space.authority.metadata().await?;
    let Some(mut address) = metadata.end_session_endpoint.clone() else {
        return Ok(None);
    };
    let back = format!("{}{}", app.public_origin(), signed_out::PATH);
    address
        .query_pairs_mut()
        .append_pair("post_logout_redirect_uri", &back);
    let value = HeaderValue::from_str(address.as_str()).map_err(|error| error.to_string())?;
    Ok(Some(value))
}

/// Where somebody of this network goes to sign out of Microsoft, too. None when Microsoft is known to have no such
/// page, or nobody knows which network it was.
pub(super) fn link(app: &App, network_id: Option<&str>) -> Option<String> {
    let several = app.spaces().len() > 1;
    let space = match network_id {
        Some(id) => app.space(id),
        None if several => None,
        None => app.spaces().first(),
    }?;
    // Not asked for here: an outage of Microsoft's must not keep anybody signed in.
    if let Some(metadata) = space.authority.known_metadata()
        && metadata.end_session_endpoint.is_none()
    {
        return None;
    }
    let origin = app.public_origin();
    Some(if several {
        format!("{origin}{PATH}?tenant={}", space.config.entra.tenant)
    } else {
        format!("{origin}{PATH}")
    })
}
