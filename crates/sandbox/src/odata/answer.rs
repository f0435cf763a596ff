//! An answer, as it goes out alone or as a part of a `$batch`.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, StatusCode};

/// An answer: status, headers, body.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: Vec<(HeaderName, String)>,
    pub(super) body: Bytes,
}

/// `OData-Version`, on every answer.
const ODATA_VERSION: HeaderName = HeaderName::from_static("odata-version");

impl Answer {
    pub(super) fn new(status: StatusCode, content_type: &str, body: Bytes) -> Self {
        let headers = vec![
            (CONTENT_TYPE, content_type.to_owned()),
            (ODATA_VERSION, "4.0".to_owned()),
        ];
        Self {
            status,
            headers,
            body,
        }
    }

    pub(super) fn json(status: StatusCode, body: Bytes) -> Self {
        Self::new(
            status,
            "application/json; odata.metadata=minimal; charset=utf-8",
            body,
        )
    }

    /// 204.
    pub(super) fn no_content() -> Self {
        let headers = vec![(ODATA_VERSION, "4.0".to_owned())];
        Self {
            status: StatusCode::NO_CONTENT,
            headers,
            body: Bytes::new(),
        }
    }

    pub(super) fn with(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.body).into_response();
        response.headers_mut().remove(CONTENT_TYPE);
        for (name, value) in self.headers {
            // What does not fit a header (control characters) is left out.
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}
