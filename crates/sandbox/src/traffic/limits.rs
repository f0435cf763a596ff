//! Service protection limits: requests, execution time and concurrency in a sliding window, for
//! each caller (Microsoft Learn: api-limits, service-protection-api-limits).

mod account;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::account::{Account, Exceeded};
use crate::{
    Sandbox,
    odata::{Caller, Performed},
};

/// What `PUT /sandbox/limits` sets; what is left out does not limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// Requests in the window.
    pub(crate) requests: Option<u64>,
    /// Seconds of execution in the window.
    pub(crate) execution_s: Option<u64>,
    /// Length of the window in seconds of the sandbox's time.
    pub(crate) window_s: u64,
    /// Requests at the same time.
    pub(crate) concurrency: Option<u64>,
    /// How long every request takes, in milliseconds.
    pub(crate) request_ms: u64,
    /// How long every operation takes besides; a `$batch` holds many.
    pub(crate) operation_ms: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            requests: None,
            execution_s: None,
            window_s: 300,
            concurrency: None,
            request_ms: 0,
            operation_ms: 0,
        }
    }
}

/// The settings and what each caller has used.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<(Settings, HashMap<String, Account>)>);

impl Limits {
    /// New settings; what was used is forgotten.
    pub(crate) fn set(&self, settings: Settings) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (settings, HashMap::new());
    }

    pub(crate) fn settings(&self) -> Settings {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn begin(&self, caller: &str, now_ms: i64) -> Result<Settings, Exceeded> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (settings, accounts) = &mut *inner;
        let account = accounts.entry(caller.to_owned()).or_default();
        account.begin(settings, now_ms).map(|()| *settings)
    }

    fn end(&self, caller: &str, now_ms: i64, took: Duration) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(account) = inner.1.get_mut(caller) {
            account.end(now_ms, took);
        }
    }
}

/// Ends the request in the account also when its client goes away.
struct Running<'a> {
    sandbox: &'a Sandbox,
    caller: String,
    began: Instant,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let now_ms = self.sandbox.clock.now().as_millisecond();
        self.sandbox
            .traffic
            .limits
            .end(&self.caller, now_ms, self.began.elapsed());
    }
}

/// Refuses what exceeds a limit with 429, and lets the rest take the time it is set to take.
pub(crate) async fn limit(
    State(sandbox): State<Arc<Sandbox>>,
    request: Request,
    next: Next,
) -> Response {
    let caller = request
        .extensions()
        .get::<Caller>()
        .map_or_else(String::new, |c| c.oid.clone());
    let now_ms = sandbox.clock.now().as_millisecond();
    let settings = match sandbox.traffic.limits.begin(&caller, now_ms) {
        Ok(settings) => settings,
        Err(exceeded) => return refusal(&exceeded),
    };
    let running = Running {
        sandbox: &sandbox,
        caller,
        began: Instant::now(),
    };
    let response = next.run(request).await;
    let operations = response
        .extensions()
        .get::<Performed>()
        .map_or(1, |p| p.0.len().max(1));
    let operations = u64::try_from(operations).unwrap_or(u64::MAX);
    let ms = settings
        .request_ms
        .saturating_add(settings.operation_ms.saturating_mul(operations));
    if ms > 0 {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
    drop(running);
    response
}

fn refusal(exceeded: &Exceeded) -> Response {
    let message = exceeded.to_string();
    let body = json!({ "error": { "code": exceeded.code(), "message": message,
        "innererror": { "message": message, "type": "", "stacktrace": "" } } });
    let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::RETRY_AFTER,
        HeaderValue::from(exceeded.retry_after_s()),
    );
    response
}
