//! Disturbances on demand.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Json,
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// One disturbance, as `PUT /sandbox/faults` takes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    /// Begin of `METHOD /path?query`, percent-decoded.
    #[serde(rename = "match")]
    pub(crate) target: String,
    /// Answer this instead of doing the work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// Seconds for `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<u64>,
    /// Wait so long before anything else.
    #[serde(default)]
    pub(crate) delay_ms: u64,
    /// Do the work, then close the connection without an answer.
    #[serde(default)]
    pub(crate) drop_response: bool,
    /// Do the work, then break off in the middle of the body.
    #[serde(default)]
    pub(crate) truncate: bool,
    /// Body of the answer given with `status`; a string is sent as it is, so that it is no JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Value>,
    /// How often; without it, always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) times: Option<u64>,
}

impl Fault {
    /// What is wrong with it, in a sentence.
    pub(crate) fn problem(&self) -> Option<String> {
        let form = self
            .target
            .split_once(' ')
            .filter(|(_, path)| path.starts_with('/'));
        if form.is_none() {
            return Some(format!(
                "match is '{}'; it begins with a method, a space and a path, such as 'PATCH /data/Workers'",
                self.target
            ));
        }
        let status = self.status?;
        (!(200..600).contains(&status)).then(|| format!("status is {status}; it is 200 to 599"))
    }

    pub(crate) fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }

    /// The status it answers with, if it does.
    pub(crate) fn status(&self) -> Option<StatusCode> {
        StatusCode::from_u16(self.status?).ok()
    }

    /// Talent's words for a status.
    pub(crate) fn message(status: StatusCode) -> &'static str {
        match status.as_u16() {
            // Microsoft Learn: service-protection-api-limits.
            429 => {
                "This request could not be processed at this time due to system experiencing high resource utilization."
            }
            503 => "The service is temporarily unavailable.",
            _ => "An error has occurred.",
        }
    }

    /// The answer in place of the work, if there is one.
    pub(crate) fn answer(&self, path: &str) -> Option<Response> {
        let status = self.status()?;
        let message = Self::message(status);
        let body = self.body.clone().unwrap_or_else(|| {
            if path.contains("/oauth2/") {
                json!({
                    "error": "temporarily_unavailable",
                    "error_description": format!("AADSTS90033: {message}"),
                    "error_codes": [90_033],
                })
            } else {
                json!({ "error": { "code": "", "message": "An error has occurred.",
                    "innererror": { "message": message, "type": "", "stacktrace": "" } } })
            }
        });
        let mut response = match body {
            Value::String(text) => (status, text).into_response(),
            body => (status, Json(body)).into_response(),
        };
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        Some(response)
    }
}

/// The faults in force; the first that matches acts.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    /// Puts these in the place of all others.
    pub(crate) fn set(&self, faults: Vec<Fault>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    /// What is in force, with the times that are left.
    pub(crate) fn all(&self) -> Vec<Fault> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The fault that acts on this request, counted down.
    pub(crate) fn take(&self, method: &Method, path_and_query: &str) -> Option<Fault> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if faults.is_empty() {
            return None;
        }
        let path = percent_decode_str(path_and_query).decode_utf8_lossy();
        let request = format!("{method} {path}");
        let fault = faults
            .iter_mut()
            .find(|fault| fault.times != Some(0) && request.starts_with(&fault.target))?;
        if let Some(times) = &mut fault.times {
            *times -= 1;
        }
        Some(fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: Value) -> Fault {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn the_first_that_matches_acts_as_often_as_it_says() {
        let faults = Faults::default();
        faults.set(vec![
            fault(json!({ "match": "PATCH /data/Workers", "status": 429, "times": 2 })),
            fault(json!({ "match": "PATCH /data", "status": 503 })),
        ]);
        let status = |path| faults.take(&Method::PATCH, path).and_then(|f| f.status);
        assert_eq!(
            status("/data/Workers(PersonnelNumber=%27000001%27)"),
            Some(429)
        );
        assert_eq!(status("/data/Titles"), Some(503));
        assert_eq!(status("/data/Workers"), Some(429));
        assert_eq!(status("/data/Workers"), Some(503));
        assert_eq!(faults.take(&Method::GET, "/data/Workers"), None);
    }

    #[test]
    fn what_cannot_match_is_said() {
        let problem = |json| fault(json).problem();
        assert_eq!(
            problem(json!({ "match": "GET /data", "status": 500 })),
            None
        );
        assert!(problem(json!({ "match": "/data" })).is_some());
        assert!(problem(json!({ "match": "GET /data", "status": 42 })).is_some());
    }
}
