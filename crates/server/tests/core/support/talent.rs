//! Stands between the engine and the network, and meddles as the test wants.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use eloops_server::talent_client::{Failure, Form, Http, Transport};
use eloops_talent::{Request, Response};
use serde_json::Value;

/// What is done with an answer: pass it on, change it, or lose it after Talent has done the work.
type Meddle = dyn Fn(&Request, Response) -> Result<Response, Failure> + Send + Sync;

/// The network with a hand in it.
pub(crate) struct Meddler {
    http: Http,
    meddle: Mutex<Option<Arc<Meddle>>>,
}

impl Meddler {
    pub(crate) fn over(http: Http) -> Arc<Self> {
        Arc::new(Self {
            http,
            meddle: Mutex::default(),
        })
    }

    /// From now on every answer of Talent goes through `meddle`.
    pub(crate) fn set(
        &self,
        meddle: impl Fn(&Request, Response) -> Result<Response, Failure> + Send + Sync + 'static,
    ) {
        *self.meddle.lock().unwrap() = Some(Arc::new(meddle));
    }

    /// Changes the rows of a set on their way.
    pub(crate) fn edit_rows(
        &self,
        set: &'static str,
        edit: impl Fn(&mut Vec<Value>) + Send + Sync + 'static,
    ) {
        self.set(move |request, mut response| {
            if request.url.contains(&format!("/data/{set}?")) {
                let mut body: Value = serde_json::from_slice(&response.body).unwrap();
                edit(body["value"].as_array_mut().unwrap());
                response.body = serde_json::to_vec(&body).unwrap();
            }
            Ok(response)
        });
    }

    pub(crate) fn stop(&self) {
        *self.meddle.lock().unwrap() = None;
    }
}

#[async_trait]
impl Transport for Meddler {
    async fn send(&self, request: &Request, bearer: &str) -> Result<Response, Failure> {
        let response = self.http.send(request, bearer).await?;
        let meddle = self.meddle.lock().unwrap().clone();
        match meddle {
            Some(meddle) => meddle(request, response),
            None => Ok(response),
        }
    }

    async fn post_form(&self, url: &str, form: &Form<'_>) -> Result<Response, Failure> {
        self.http.post_form(url, form).await
    }
}
