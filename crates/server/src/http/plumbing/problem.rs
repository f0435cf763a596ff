//! Errors as problem details (RFC 9457).
//!
//! A handler returns [`ApiError`]; [`layer`] writes the body, so that the request id is in it, and
//! turns the router's own refusals (404, 405, 413, …) into the same shape. `code` is stable: callers react
//! to it, people read `detail`. What went wrong inside goes to the log, never into an answer.

use std::borrow::Cow;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use eloops_api::{FieldProblem, Problem};

use super::request_id::RequestId;
use crate::media::MediaError;
use crate::store::StoreError;

/// A refusal or failure on its way to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable machine code.
    pub code: &'static str,
    /// What happened and what to do.
    pub detail: Cow<'static, str>,
    /// Refused fields.
    pub fields: Vec<FieldProblem>,
    /// What Microsoft's sign-in asks for first, as JSON text.
    pub claims: Option<String>,
    /// Further headers of the answer.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiError {
    /// An error with its status, code and words.
    #[must_use]
    pub fn new(
        status: StatusCode,
        code: &'static str,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            fields: Vec::new(),
            claims: None,
            headers: Vec::new(),
        }
    }

    /// There is nothing here, or nothing that the caller may know of: both are the same answer.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "There is nothing here that you may see.",
        )
    }

    /// The request itself is not in order.
    #[must_use]
    pub fn invalid(field: &str, detail: impl Into<String>) -> Self {
        let mut error = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_request",
            "A field is not as it should be; see errors.",
        );
        error.fields.push(FieldProblem {
            field: field.to_owned(),
            detail: detail.into(),
        });
        error
    }

    /// As [`Self::invalid`], for a parameter of the address.
    #[must_use]
    pub fn invalid_parameter(field: &str, detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            ..Self::invalid(field, detail)
        }
    }

    /// Something failed in here; the reason goes to the log.
    #[must_use]
    pub fn internal(reason: &dyn std::fmt::Display) -> Self {
        tracing::error!(%reason, "a request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something failed on our side. Try again; if it stays, give your administrator the request id.",
        )
    }

    /// With one more header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::BadCursor => Self::invalid_parameter("cursor", error.to_string()),
            StoreError::Database(source) => {
                Self::internal(&format_args!("the database refused a statement: {source}"))
            }
            other => Self::internal(&other),
        }
    }
}

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        Self::internal(&error)
    }
}

/// Writes the bodies of errors.
pub async fn layer(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned();
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        return write(&error, id, response);
    }
    let status = response.status();
    let ours = response.headers().contains_key(header::CONTENT_TYPE) && !is_plain_text(&response);
    if !(status.is_client_error() || status.is_server_error()) || ours {
        return response;
    }
    write(&of_status(status), id, response)
}

fn is_plain_text(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("text/plain"))
}

/// The router's own refusals.
fn of_status(status: StatusCode) -> ApiError {
    let (code, detail) = match status {
        StatusCode::NOT_FOUND => return ApiError::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method_not_allowed",
            "This address knows other methods; see the Allow header.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "The request is larger than allowed here."),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "unsupported_media_type",
            "Send the content type that the documentation names.",
        ),
        StatusCode::REQUEST_TIMEOUT => ("timeout", "The request took too long; try again."),
        status if status.is_server_error() => {
            ("internal", "Something failed on our side. Try again.")
        }
        _ => (
            "bad_request",
            "The request cannot be understood; see the documentation.",
        ),
    };
    ApiError::new(status, code, detail)
}

fn write(error: &ApiError, id: Option<RequestId>, response: Response) -> Response {
    let problem = Problem {
        kind: "about:blank".to_owned(),
        title: error
            .status
            .canonical_reason()
            .unwrap_or("Error")
            .to_owned(),
        status: error.status.as_u16(),
        code: error.code.to_owned(),
        detail: Some(error.detail.clone().into_owned()),
        request_id: id.map(|id| id.0),
        claims: error.claims.clone(),
        errors: error.fields.clone(),
    };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    for (name, value) in &error.headers {
        parts.headers.insert(name.clone(), value.clone());
    }
    Response::from_parts(parts, Body::from(body))
}
