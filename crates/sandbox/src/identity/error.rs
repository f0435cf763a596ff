//! Entra's errors: `AADSTS` numbers in JSON (Microsoft Learn: reference-error-codes).

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{keys::NoKey, resource::BadScope};

/// One refusal. Clients act on `error` only; the number and text are for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AadError {
    pub(crate) error: &'static str,
    pub(crate) number: u32,
    pub(crate) message: String,
    /// What the person must be asked to show: the challenge as JSON text.
    pub(crate) claims: Option<String>,
}

impl AadError {
    pub(crate) fn new(error: &'static str, number: u32, message: impl Into<String>) -> Self {
        Self {
            error,
            number,
            message: message.into(),
            claims: None,
        }
    }

    /// The resource wants more than a plain sign-in (Microsoft Learn: claims-challenge).
    pub(crate) fn challenge(resource: &str, claims: &Map<String, Value>) -> Self {
        let message = format!(
            "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '{resource}'."
        );
        Self {
            claims: Some(Value::from(claims.clone()).to_string()),
            ..Self::new("interaction_required", 50_079, message)
        }
    }

    /// A parameter that must be there is not.
    pub(crate) fn missing(parameter: &str) -> Self {
        Self::new(
            "invalid_request",
            900_144,
            format!("The request body must contain the following parameter: '{parameter}'."),
        )
    }

    pub(crate) fn invalid_grant(number: u32, message: impl Into<String>) -> Self {
        Self::new("invalid_grant", number, message)
    }

    pub(crate) fn unknown_app(client_id: &str) -> Self {
        Self::new(
            "unauthorized_client",
            700_016,
            format!(
                "Application with identifier '{client_id}' was not found in the directory 'Sandbox'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant."
            ),
        )
    }

    pub(crate) fn no_consent(client_id: &str) -> Self {
        Self::invalid_grant(
            65_001,
            format!(
                "The user or administrator has not consented to use the application with ID '{client_id}'. Send an interactive authorization request for this user and resource."
            ),
        )
    }

    /// `AADSTS<number>: <message>`.
    pub(crate) fn description(&self) -> String {
        format!("AADSTS{}: {}", self.number, self.message)
    }

    /// The JSON answer at `now`; `correlation` is the caller's `client-request-id`.
    pub(crate) fn answer(&self, now: Timestamp, correlation: Option<Uuid>) -> Response {
        let timestamp = now.strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let trace = Uuid::new_v4();
        let correlation = correlation.unwrap_or_else(Uuid::new_v4);
        let mut body = json!({
            "error": self.error,
            "error_description": format!(
                "{} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}",
                self.description()
            ),
            "error_codes": [self.number],
            "timestamp": timestamp,
            "trace_id": trace.to_string(),
            "correlation_id": correlation.to_string(),
        });
        if self.number == 65_001 {
            body["suberror"] = json!("consent_required");
        }
        if let Some(claims) = &self.claims {
            body["claims"] = json!(claims);
        }
        let status = match self.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            "temporarily_unavailable" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        (status, [("cache-control", "no-store")], Json(body)).into_response()
    }
}

impl From<BadScope> for AadError {
    fn from(bad: BadScope) -> Self {
        let (error, number) = match bad {
            BadScope::UnknownResource(_) => ("invalid_resource", 500_011),
            BadScope::UnknownPermission(_) => ("invalid_scope", 70_011),
        };
        Self::new(error, number, bad.to_string())
    }
}

impl From<NoKey> for AadError {
    fn from(no_key: NoKey) -> Self {
        Self::new("temporarily_unavailable", 90_033, no_key.to_string())
    }
}
