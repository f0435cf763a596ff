//! The network between the server and Microsoft's side, with a record of whose tokens went over it.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use eloops_server::talent_client::{Failure, Form, Http, Transport};
use eloops_talent::{Request, Response};
use serde_json::Value;

/// Passes everything on and keeps what was sent.
pub(crate) struct Recorder {
    http: Http,
    sent: Mutex<Sent>,
}

/// What was sent since the record was cleared.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent {
    /// The claims of the tokens with which Talent was asked, one for each request.
    pub(crate) to_talent: Vec<Value>,
    /// The forms that went to the token endpoint.
    pub(crate) forms: Vec<Vec<(String, String)>>,
}

impl Sent {
    /// One parameter of every form.
    pub(crate) fn parameter(&self, name: &str) -> Vec<&str> {
        let of = |form: &'_ Vec<(String, String)>| -> Option<usize> {
            form.iter().position(|(key, _)| key == name)
        };
        self.forms
            .iter()
            .filter_map(|form| Some(form[of(form)?].1.as_str()))
            .collect()
    }
}

impl Recorder {
    pub(crate) fn over(http: Http) -> Arc<Self> {
        Arc::new(Self {
            http,
            sent: Mutex::default(),
        })
    }

    /// What was sent, and from now on nothing.
    pub(crate) fn take(&self) -> Sent {
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

#[async_trait]
impl Transport for Recorder {
    async fn send(&self, request: &Request, bearer: &str) -> Result<Response, Failure> {
        let payload = bearer.split('.').nth(1).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(payload).unwrap();
        let claims = serde_json::from_slice(&claims).unwrap();
        self.sent.lock().unwrap().to_talent.push(claims);
        self.http.send(request, bearer).await
    }

    async fn post_form(&self, url: &str, form: &Form<'_>) -> Result<Response, Failure> {
        let pairs = form
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        self.sent.lock().unwrap().forms.push(pairs);
        self.http.post_form(url, form).await
    }
}
