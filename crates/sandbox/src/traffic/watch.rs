//! The outermost layer: counts each request and lets the faults act.

use std::{io, sync::Arc};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use futures_util::{StreamExt, stream};

use crate::{
    Sandbox,
    odata::{Gate, Performed, Refusal},
    traffic::faults::Fault,
};

/// A response extension: the connection closes without an answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dropped;

/// Counts and disturbs everything but the controls themselves.
pub(crate) async fn watch(
    State(sandbox): State<Arc<Sandbox>>,
    request: Request,
    next: Next,
) -> Response {
    let uri = request.uri().clone();
    let path = uri.path();
    sandbox.settle();
    if path.starts_with("/sandbox/") {
        return next.run(request).await;
    }
    let method = request.method().clone();
    let target = uri.path_and_query().map_or(path, |p| p.as_str());
    let fault = sandbox.traffic.faults.take(&method, target);
    if let Some(fault) = fault.as_ref().filter(|fault| fault.delay_ms > 0) {
        tokio::time::sleep(fault.delay()).await;
    }
    let answer = fault.as_ref().and_then(|fault| fault.answer(path));
    let mut response = match answer {
        Some(answer) => answer,
        None => next.run(request).await,
    };
    let log = &sandbox.traffic.log;
    log.add(&method, path, response.status(), false);
    if let Some(Performed(operations)) = response.extensions().get() {
        for operation in operations {
            log.add(&operation.method, &operation.path, operation.status, true);
        }
    }
    match fault {
        Some(Fault {
            drop_response: true,
            ..
        }) => {
            response.extensions_mut().insert(Dropped);
            response
        }
        Some(Fault { truncate: true, .. }) => truncated(response).await,
        _ => response,
    }
}

/// The answer with its whole length announced and half of it sent.
async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        parts.extensions.insert(Dropped);
        return Response::from_parts(parts, Body::empty());
    };
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let half = body.slice(..body.len() / 2);
    let first = stream::once(async { Ok::<Bytes, io::Error>(half) });
    // The server writes what it has when the body makes it wait; then the body breaks.
    let then = stream::once(async {
        tokio::task::yield_now().await;
        Err(io::Error::other("broken off on purpose"))
    });
    let pieces = first.chain(then);
    Response::from_parts(parts, Body::from_stream(pieces))
}

/// Lets the faults reach the operations inside a `$batch`.
#[derive(Debug)]
pub(crate) struct FaultGate(pub(crate) Arc<Sandbox>);

impl Gate for FaultGate {
    fn operation(&self, method: &http::Method, path: &str) -> Option<Refusal> {
        let fault = self.0.traffic.faults.take(method, path)?;
        let status = fault.status()?;
        Some(Refusal {
            status,
            retry_after: fault.retry_after,
            message: Fault::message(status).to_owned(),
        })
    }
}
