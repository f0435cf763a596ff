//! The network between us and Microsoft's side: requests go out as data, answers come back as data.

use std::time::Duration;

use async_trait::async_trait;
use eloops_talent::{Method, Request, Response};
use reqwest::Client;
use thiserror::Error;

/// A person may be waiting for a token, so the token endpoint gets less time than a large page of Talent's.
const TOKEN_TIMEOUT: Duration = Duration::from_secs(15);

/// A form to post, as pairs.
pub type Form<'a> = [(&'a str, &'a str)];

/// The network: sends requests as data. Tests put their own in its place.
#[async_trait]
pub trait Transport: Send + Sync + 'static {
    /// Sends a request of Talent's protocol with a bearer token.
    async fn send(&self, request: &Request, bearer: &str) -> Result<Response, Failure>;

    /// Posts a form, to Microsoft's token endpoint.
    async fn post_form(&self, url: &str, form: &Form<'_>) -> Result<Response, Failure>;
}

/// No answer came.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Failure {
    /// Nobody answered in time.
    #[error("{host} did not answer in time")]
    Timeout {
        /// Who was asked.
        host: String,
    },
    /// No connection, or it broke off.
    #[error("{host} cannot be reached: {reason}")]
    Unreachable {
        /// Who was asked.
        host: String,
        /// What the network said; no address with a query, no token.
        reason: String,
    },
}

/// The real network.
#[derive(Debug, Clone)]
pub struct Http(Client);

impl Http {
    /// Over a client from [`crate::http_client::build`].
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(client)
    }

    async fn answer(
        &self,
        request: reqwest::RequestBuilder,
        url: &str,
    ) -> Result<Response, Failure> {
        let response = request.send().await.map_err(|error| failure(error, url))?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response
            .bytes()
            .await
            .map_err(|error| failure(error, url))?;
        Ok(Response::with_headers(status, body, |name| {
            headers
                .get(name)
                .and_then(|value| value.to_str().ok())
                .map(ToOwned::to_owned)
        }))
    }
}

#[async_trait]
impl Transport for Http {
    async fn send(&self, request: &Request, bearer: &str) -> Result<Response, Failure> {
        let mut builder = match request.method {
            Method::Get => self.0.get(&request.url),
            Method::Patch => self.0.patch(&request.url),
            Method::Post => self.0.post(&request.url),
        };
        for (name, value) in &request.headers {
            builder = builder.header(*name, value.as_ref());
        }
        if request.method != Method::Get {
            builder = builder.body(request.body.clone());
        }
        self.answer(builder.bearer_auth(bearer), &request.url).await
    }

    async fn post_form(&self, url: &str, form: &Form<'_>) -> Result<Response, Failure> {
        let request = self.0.post(url).form(form).timeout(TOKEN_TIMEOUT);
        self.answer(request, url).await
    }
}

fn failure(error: reqwest::Error, url: &str) -> Failure {
    let host = url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(ToOwned::to_owned))
        .unwrap_or_default();
    if error.is_timeout() {
        return Failure::Timeout { host };
    }
    // The innermost cause says what happened ("connection refused"); the outer ones repeat the address.
    let mut cause: &dyn std::error::Error = &error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    Failure::Unreachable {
        host,
        reason: cause.to_string(),
    }
}
