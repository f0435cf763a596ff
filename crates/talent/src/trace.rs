//! Ids that find a request again in Microsoft's logs.

use std::fmt;

/// The ids of an answer: for our log, and for a support case at Microsoft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// `ms-dyn-aid`: the activity id of finance and operations.
    pub activity: Option<Box<str>>,
    /// `x-ms-client-request-id`: ours, where the service gives it back.
    pub client_request: Option<Box<str>>,
    /// `server-timing`.
    pub server_timing: Option<Box<str>>,
}

impl Trace {
    pub(crate) fn from_headers(header: &impl Fn(&str) -> Option<String>) -> Self {
        let boxed = |name| {
            header(name)
                .filter(|value| !value.is_empty())
                .map(String::into_boxed_str)
        };
        Self {
            activity: boxed("ms-dyn-aid"),
            client_request: boxed("x-ms-client-request-id"),
            server_timing: boxed("server-timing"),
        }
    }

    /// Whether the answer carried none of them.
    pub fn is_empty(&self) -> bool {
        self.activity.is_none() && self.client_request.is_none() && self.server_timing.is_none()
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("ms-dyn-aid", &self.activity),
            ("x-ms-client-request-id", &self.client_request),
            ("server-timing", &self.server_timing),
        ];
        let mut separator = "";
        for (name, value) in parts {
            if let Some(value) = value {
                write!(f, "{separator}{name} {value}")?;
                separator = ", ";
            }
        }
        Ok(())
    }
}
