//! The API's documentation: the document itself, and a page that shows it.

use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::App;

const ADDRESS: &str = "/api/v1/openapi.json";

/// Only what the page brings itself, nothing inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Eloops for Talent",
        description = "Members, coins and uploads beside the worker records of Talent. Errors are problem \
            details (RFC 9457) with a stable `code`. Lists are `{items, next_cursor}`. Times are RFC 3339 in UTC.",
    ),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
struct Document;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "An Entra access token for this API (delegated scope access_as_user, or the app role \
                 Eloops.Admin), or a session of the paired sign-in",
            ))
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// The document before the endpoints are added.
pub(super) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The document's address and the page's.
pub(super) fn routes(document: utoipa::openapi::OpenApi) -> Router<App> {
    let document = Arc::new(document);
    let page = SwaggerUi::new("/api/docs").config(Config::from(ADDRESS));
    Router::<App>::from(page).layer(from_fn(own_policy)).route(
        ADDRESS,
        get(move || async move { Json(document.as_ref().clone()) }),
    )
}

async fn own_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}
