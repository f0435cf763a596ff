//! One request to the Eloops server and its answer.

use gloo_net::http::{Method, Request, RequestBuilder};
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, RequestCredentials};

use super::listen::window;
use crate::failure::{Failure, FailureKind};

/// Where requests go, and as whom.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) api: String,
    pub(super) token: Option<String>,
    pub(super) signal: Option<AbortSignal>,
}

/// A request on its way out.
pub(super) struct Call {
    request: RequestBuilder,
    body: Option<JsValue>,
    picture: bool,
}

/// What came back.
pub(super) struct Answer {
    /// The JSON, or the `Blob` of a picture; undefined where nothing changed.
    pub(super) content: JsValue,
    /// Whether it is what the `ETag` asked with stands for (304).
    pub(super) same: bool,
    pub(super) etag: Option<String>,
}

impl Line {
    /// A request with the bearer and without cookies, to a path from `/api` or `/auth` on.
    pub(super) fn call(&self, method: Method, path: &[&str]) -> Call {
        let url = [self.api.as_str(), &path.concat()].concat();
        let request = RequestBuilder::new(&url)
            .method(method)
            .credentials(RequestCredentials::Omit)
            .abort_signal(self.signal.as_ref());
        let call = Call {
            request,
            body: None,
            picture: false,
        };
        match &self.token {
            Some(token) => call.header("Authorization", &["Bearer ", token.as_str()].concat()),
            None => call,
        }
    }
}

impl Call {
    pub(super) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub(super) fn body(mut self, body: JsValue) -> Self {
        self.body = Some(body);
        self
    }

    /// Wants a picture rather than JSON.
    pub(super) fn picture(mut self) -> Self {
        self.picture = true;
        self
    }

    fn build(self) -> Result<Request, gloo_net::Error> {
        match self.body {
            Some(body) => self.request.body(body),
            None => self.request.build(),
        }
    }
}

/// Sends a request and reads the answer; anything but success and "not modified" is a failure.
pub(super) async fn exchange(call: Call) -> Result<Answer, Failure> {
    let picture = call.picture;
    let request = call
        .build()
        .map_err(|_| Failure::from(FailureKind::Refused))?;
    let response = request.send().await.map_err(|_| no_answer())?;
    let etag = response.headers().get("ETag");
    let retry_after = response.headers().get("Retry-After");
    let response: web_sys::Response = response.into();
    let status = response.status();
    if status == 304 {
        return Ok(Answer {
            content: JsValue::UNDEFINED,
            same: true,
            etag,
        });
    }
    let content = if picture && response.ok() {
        response.blob()
    } else {
        response.json()
    };
    let content = match content {
        Ok(content) => JsFuture::from(content).await,
        Err(error) => Err(error),
    };
    if !response.ok() {
        return Err(problem(
            status,
            retry_after,
            &content.unwrap_or(JsValue::UNDEFINED),
        ));
    }
    match content {
        Ok(content) => Ok(Answer {
            content,
            same: false,
            etag,
        }),
        Err(_) => Err(FailureKind::Unreadable.into()),
    }
}

/// Waits for a promise: a host's answer, a digest.
pub(super) async fn wait(promise: js_sys::Promise) -> Result<Answer, Failure> {
    match JsFuture::from(promise).await {
        Ok(content) => Ok(Answer {
            content,
            same: false,
            etag: None,
        }),
        Err(_) => Err(FailureKind::Refused.into()),
    }
}

/// A member of an answer that is a text.
pub(super) fn text(from: &JsValue, name: &str) -> Option<String> {
    Reflect::get(from, &name.into()).ok()?.as_string()
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
fn problem(status: u16, retry_after: Option<String>, body: &JsValue) -> Failure {
    Failure::new(
        FailureKind::of(status, &text(body, "code").unwrap_or_default()),
        text(body, "request_id"),
        retry_after.and_then(|seconds| seconds.parse().ok()),
    )
    .needing(text(body, "claims").or_else(|| text(body, "link")))
}
