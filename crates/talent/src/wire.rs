//! A request and a response as data.

use std::borrow::Cow;

use crate::Trace;

/// The methods this protocol uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Change the named properties of one row.
    Patch,
    /// Send a batch.
    Post,
}

impl Method {
    /// The method as it stands in a request line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Patch => "PATCH",
            Self::Post => "POST",
        }
    }
}

/// What to send. The bearer token is added by whoever sends it, and only to this URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// How.
    pub method: Method,
    /// The absolute address, already encoded, always below the configured root.
    pub url: String,
    /// Header names in lower case, and values without line breaks.
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    /// Empty for a read.
    pub body: Vec<u8>,
}

impl Request {
    /// A read.
    pub(crate) fn get(url: String) -> Self {
        Self {
            method: Method::Get,
            url,
            headers: vec![
                ("accept", Cow::Borrowed("application/json")),
                ("odata-version", Cow::Borrowed("4.0")),
                ("odata-maxversion", Cow::Borrowed("4.0")),
            ],
            body: Vec::new(),
        }
    }

    /// Adds `x-ms-client-request-id`, by which Microsoft's support finds the request again.
    /// Characters other than letters, digits and `-` are left out.
    #[must_use]
    pub fn traced(mut self, id: &str) -> Self {
        let id: String = id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        self.headers
            .retain(|(name, _)| *name != "x-ms-client-request-id");
        self.headers
            .push(("x-ms-client-request-id", Cow::Owned(id)));
        self
    }

    /// The value of a header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(have, _)| *have == name)
            .map(|(_, value)| value.as_ref())
    }
}

/// What came back: the status, the few headers this protocol reads, and the body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body, decompressed, as it came.
    pub body: Vec<u8>,
    /// `Content-Type`; a batch answer names its boundary here.
    pub content_type: Option<Box<str>>,
    /// `Retry-After`, as it came.
    pub retry_after: Option<Box<str>>,
    /// What finds the request again in Microsoft's logs.
    pub trace: Trace,
}

impl Response {
    /// An answer without headers.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            body: body.into(),
            ..Self::default()
        }
    }

    /// An answer with its headers: `header` gives the value of a header by its lower-case name.
    ///
    /// ```
    /// # use eloops_talent::Response;
    /// let headers = [("retry-after", "2")];
    /// let response = Response::with_headers(429, Vec::new(), |name| {
    ///     headers.iter().find(|(have, _)| *have == name).map(|(_, value)| (*value).to_owned())
    /// });
    /// assert_eq!(response.retry_after.as_deref(), Some("2"));
    /// ```
    pub fn with_headers(
        status: u16,
        body: impl Into<Vec<u8>>,
        header: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let boxed = |name| header(name).map(String::into_boxed_str);
        Self {
            status,
            body: body.into(),
            content_type: boxed("content-type"),
            retry_after: boxed("retry-after"),
            trace: Trace::from_headers(&header),
        }
    }

    /// Whether the status says the request was carried out.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}
