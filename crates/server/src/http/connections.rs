//! Connections from outside, with limits: what begins a request, how large its head is, how many there are, and how
//! fast answers are taken.
//! The body's limits stand in [`super::plumbing::body_pace`] and at the routes.

mod impatient;
mod seats;

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

use self::impatient::Impatient;
use self::seats::Seats;
use super::plumbing::body_pace::Pace;

/// How much of the server one connection may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Connections open at once; further ones wait.
    pub connections: usize,
    /// Of these from one address, this machine's own not counted; further ones are closed.
    pub of_one_address: usize,
    /// Bytes of a request's first line and headers; more is 431.
    pub head_bytes: usize,
    /// Headers of a request; more is 431.
    pub headers: usize,
    /// Time for the head to come, and for which a connection may stand idle. Longer than the minute for which
    /// proxies keep theirs.
    pub head_time: Duration,
    /// How fast a body has to come.
    pub body: Pace,
    /// How fast an answer has to be taken; for those who ask and do not read.
    pub answer: Pace,
    /// Time for open requests to end when the server is stopped.
    pub stopping: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            of_one_address: 2_500,
            head_bytes: 32 * 1024,
            headers: 100,
            head_time: Duration::from_secs(70),
            body: Pace::default(),
            answer: Pace {
                pause: Duration::from_secs(60),
                grace: Duration::from_secs(60),
                bytes_per_second: 4 * 1024,
            },
            stopping: Duration::from_secs(30),
        }
    }
}

/// Serves until `stop` is done, then lets open requests end.
pub async fn serve(
    router: Router,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()> + Send,
) {
    let open = Arc::new(Semaphore::new(limits.connections));
    let seats = Seats::new(limits.of_one_address);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let permit = Arc::clone(&open).acquire_owned().await;
            (permit, accept(&listener).await)
        };
        let (permit, (stream, peer)) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let Some(seat) = seats.take(peer.ip()) else {
            tracing::debug!("an address has as many connections as it may");
            continue;
        };
        let connection = graceful.watch(connection(stream, peer, router.clone(), &limits));
        tokio::spawn(async move {
            let _held = (permit, seat);
            // The caller went away, was too slow, or sent something that is no request.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.stopping, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("stopping with requests still open");
    }
}

/// The next connection. Having run out of file descriptors passes by itself.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "answers may wait for one another");
                }
                return (stream, peer);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: &Limits,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + Send + use<> {
    let service = service_fn(move |request: http::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move { Ok::<_, Infallible>(answer(router, request).await) }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_headers(limits.headers)
        .max_header_size(limits.head_bytes)
        .serve_connection(TokioIo::new(Impatient::new(stream, limits.answer)), service)
}

async fn answer(router: Router, request: http::Request<Body>) -> http::Response<Body> {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
