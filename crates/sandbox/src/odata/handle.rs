//! From HTTP to the service and back.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT, HOST, IF_MATCH, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, Method, StatusCode, Uri};

use super::ask::{self, Ask};
use super::caller::Caller;
use super::error::Failure;
use super::path::{self, Resource};
use super::{OData, batch, mount};

/// Largest body that is read; a full batch of 5,000 operations takes about 2 MB.
const LARGEST_BODY: usize = 64 * 1024 * 1024;

/// Answers every request below the service's roots.
pub(super) async fn handle(State(service): State<Arc<OData>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let Some(behind) = mount::behind_root(head.uri.path()) else {
        let failure = Failure::no_segment(head.uri.path());
        return failure.into_answer().into_response();
    };
    let Some(caller) = head.extensions.get::<Caller>() else {
        let message = "Authorization has been denied for this request: no valid bearer token.";
        let failure = Failure::new(StatusCode::UNAUTHORIZED, message);
        let answer = failure
            .into_answer()
            .with(WWW_AUTHENTICATE, "Bearer".into());
        return answer.into_response();
    };
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        let message = "The request body could not be read, or is larger than 64 MB.";
        let failure = Failure::new(StatusCode::PAYLOAD_TOO_LARGE, message);
        return failure.into_answer().into_response();
    };
    let root = format!("http://{}/data", host(&head.headers, &head.uri));
    let ask = Ask {
        method: &head.method,
        path: behind,
        query: head.uri.query().unwrap_or(""),
        root: &root,
        accept: header(&head.headers, &ACCEPT).unwrap_or(""),
        if_match: header(&head.headers, &IF_MATCH),
        body: &body,
        caller,
    };
    let is_batch = matches!(path::parse(behind), Ok(Resource::Batch));
    if is_batch && head.method == Method::POST {
        let (answer, performed) = batch::answer(&service, &ask, &head.headers);
        let mut response = answer.into_response();
        response.extensions_mut().insert(performed);
        return response;
    }
    ask::answer(&service, &ask).into_response()
}

/// The host the client speaks to; links in answers use it.
fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> &'a str {
    let authority = uri.authority().map(http::uri::Authority::as_str);
    header(headers, &HOST).or(authority).unwrap_or("localhost")
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
