//! One request to the Eloops server and its answer.

use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::listen::window;
use crate::failure::{Failure, FailureKind};

#[wasm_bindgen(module = "/www/exchange.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn exchange(
        method: &str,
        url: &str,
        headers: Array,
        body: &JsValue,
        signal: Option<&AbortSignal>,
        picture: bool,
    ) -> Result<Promise, JsValue>;
}

/// Where requests go, and as whom.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) api: String,
    pub(super) token: Option<String>,
    pub(super) signal: Option<AbortSignal>,
}

/// A request on its way out.
pub(super) struct Call {
    method: &'static str,
    url: String,
    headers: Array,
    body: JsValue,
    signal: Option<AbortSignal>,
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
    pub(super) fn call(&self, method: &'static str, path: &[&str]) -> Call {
        let call = Call {
            method,
            url: [self.api.as_str(), &path.concat()].concat(),
            headers: Array::new(),
            body: JsValue::UNDEFINED,
            signal: self.signal.clone(),
            picture: false,
        };
        match &self.token {
            Some(token) => call.header("Authorization", &["Bearer ", token.as_str()].concat()),
            None => call,
        }
    }
}

impl Call {
    #[inline(never)]
    pub(super) fn header(self, name: &str, value: &str) -> Self {
        self.headers.push(&Array::of2(&name.into(), &value.into()));
        self
    }

    pub(super) fn body(mut self, body: JsValue) -> Self {
        self.body = body;
        self
    }

    /// Wants a picture rather than JSON.
    pub(super) fn picture(mut self) -> Self {
        self.picture = true;
        self
    }

    /// Sends it; the promise is for [`answer`].
    pub(super) fn send(self) -> Result<Promise, JsValue> {
        exchange(
            self.method,
            &self.url,
            self.headers,
            &self.body,
            self.signal.as_ref(),
            self.picture,
        )
    }
}

/// The server's answer; anything but success and "not modified" is a failure.
pub(super) fn answer(sent: Result<JsValue, JsValue>) -> Result<Answer, Failure> {
    let answer = sent.map_err(|_| no_answer())?;
    let member = |name: &str| Reflect::get(&answer, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let status = member("status").as_f64().unwrap_or_default() as u16;
    let content = member("content");
    let same = status == 304;
    if !same && !(200..300).contains(&status) {
        return Err(problem(status, text(&answer, "retryAfter"), &content));
    }
    if !same && content.is_undefined() {
        return Err(FailureKind::Unreadable.into());
    }
    Ok(Answer {
        content,
        same,
        etag: text(&answer, "etag"),
    })
}

/// What a promise of the host or of the browser gave: a token, a digest.
pub(super) fn given(settled: Result<JsValue, JsValue>) -> Result<Answer, Failure> {
    match settled {
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
}
