//! One request to the Eloops server and its answer.

use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::Reflect;
use serde::Deserialize;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, RequestCredentials};

use super::listen::window;
use super::read::read;
use crate::failure::{Failure, FailureKind};

/// Where requests go, and as whom.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) api: String,
    pub(super) token: Option<String>,
    pub(super) signal: Option<AbortSignal>,
}

impl Line {
    /// A request with the bearer, without cookies. A path without a slash before it is one of
    /// `/api/v1`.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let version = if path.starts_with('/') {
            ""
        } else {
            "/api/v1/"
        };
        let request = RequestBuilder::new(&[self.api.as_str(), version, path].concat())
            .method(method)
            .credentials(RequestCredentials::Omit)
            .abort_signal(self.signal.as_ref());
        match &self.token {
            Some(token) => request.header("Authorization", &["Bearer ", token.as_str()].concat()),
            None => request,
        }
    }
}

/// Sends a request; anything but success and "not modified" is a failure.
pub(super) async fn send(
    request: RequestBuilder,
    body: Option<JsValue>,
) -> Result<Response, Failure> {
    let request = match body {
        Some(body) => request.body(body),
        None => request.build(),
    };
    let request = request.map_err(|_| Failure::from(FailureKind::Unreadable))?;
    match request.send().await {
        Ok(response) if response.ok() || response.status() == 304 => Ok(response),
        Ok(response) => Err(problem(response).await),
        Err(_) => Err(no_answer()),
    }
}

/// Reads an answer's JSON.
pub(super) async fn json(response: Response) -> Result<JsValue, Failure> {
    let response: web_sys::Response = response.into();
    let text = response.json().map_err(unreadable)?;
    JsFuture::from(text).await.map_err(unreadable)
}

/// Reads a picture.
pub(super) async fn blob(response: Response) -> Option<Blob> {
    let response: web_sys::Response = response.into();
    let blob = JsFuture::from(response.blob().ok()?).await.ok()?;
    wasm_bindgen::JsCast::dyn_into(blob).ok()
}

/// A value of the API from its JSON.
pub(super) fn decode<T: for<'de> Deserialize<'de>>(json: JsValue) -> Result<T, Failure> {
    read(json).map_err(|_| FailureKind::Unreadable.into())
}

fn unreadable(_: JsValue) -> Failure {
    FailureKind::Unreadable.into()
}

fn no_answer() -> Failure {
    let online = window().is_none_or(|window| window.navigator().on_line());
    if online {
        FailureKind::Unreachable
    } else {
        FailureKind::Offline
    }
    .into()
}

/// The failure in a problem document (RFC 9457); a body that is none leaves the status to decide.
async fn problem(response: Response) -> Failure {
    let status = response.status();
    let retry_after = response
        .headers()
        .get("Retry-After")
        .and_then(|seconds| seconds.trim().parse().ok());
    let body = json(response).await.unwrap_or(JsValue::UNDEFINED);
    let member = |name: &str| {
        Reflect::get(&body, &name.into())
            .ok()
            .and_then(|value| value.as_string())
    };
    let kind = FailureKind::of(status, &member("code").unwrap_or_default());
    Failure {
        kind,
        reference: member("request_id"),
        retry_after,
    }
}
