use axum::{Router, body::Body, http::Request};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::*;

mod form;
mod list;
mod pictures;
mod policy;
pub(super) mod rows;

/// An answer in one piece.
struct Answer {
    status: u16,
    headers: http::HeaderMap,
    body: bytes::Bytes,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

async fn get_with(store: &Store, address: &str, headers: &[(&str, &str)]) -> Answer {
    let eloops = "http://localhost:7400".parse().unwrap();
    let router: Router = router(Screens::new(store.clone(), &eloops));
    let mut request = Request::get(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = router
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        body,
    }
}

async fn get(store: &Store, address: &str) -> Answer {
    get_with(store, address, &[]).await
}
