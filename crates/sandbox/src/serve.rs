//! All routes together, and the loop that serves connections.

use std::sync::Arc;

use axum::{Router, body::Body, http::Request, middleware, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use crate::{
    Sandbox, control,
    identity::{self, bearer},
    odata::{self, OData},
    screens::{self, Screens},
    traffic::{self, Dropped, FaultGate, limits},
};

/// Sign-in, Talent's OData, the screens and the controls.
pub(crate) fn router(sandbox: &Arc<Sandbox>) -> Router {
    let talent = odata::router(OData {
        store: sandbox.store.clone(),
        page_size: usize::try_from(sandbox.options.page_size).unwrap_or(usize::MAX),
        gate: Arc::new(FaultGate(sandbox.clone())),
    })
    .layer(middleware::from_fn_with_state(
        sandbox.clone(),
        limits::limit,
    ))
    .layer(middleware::from_fn_with_state(
        sandbox.clone(),
        bearer::require,
    ));
    let screens = Screens::new(sandbox.store.clone(), &sandbox.options.eloops_url);
    let rest = identity::router(sandbox)
        .merge(screens::router(screens))
        .merge(control::router());
    talent
        .merge(rest.with_state(sandbox.clone()))
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            traffic::watch,
        ))
}

/// Serves until it is told to stop.
pub(crate) async fn serve(listener: TcpListener, app: Router, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        let Ok((stream, _)) = accepted else {
            // Most likely too many open files: connections that end make room.
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            continue;
        };
        // Answers are small and clients wait for them.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "nodelay was refused");
        }
        let (app, stop) = (app.clone(), stop.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(app.clone(), request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            tokio::select! {
                // A connection that breaks concerns its client only.
                _ = connection => {}
                () = stop.cancelled() => {}
            }
        });
    }
}

/// The connection is to be closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the answer was dropped on purpose")]
struct NoAnswer;

async fn answer(app: Router, request: Request<Incoming>) -> Result<Response, NoAnswer> {
    let response = match app.oneshot(request.map(Body::new)).await {
        Ok(response) => response,
        Err(infallible) => match infallible {},
    };
    if response.extensions().get::<Dropped>().is_some() {
        return Err(NoAnswer);
    }
    Ok(response)
}
