//! Bodies that trickle in: a request that keeps us waiting too long is ended with 408 `timeout`.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep};

use super::problem::ApiError;

/// How long we wait for a body, or for somebody to take an answer. Only waiting counts, not the time in which we are
/// busy ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The longest pause.
    pub pause: Duration,
    /// All pauses together, before the bytes count.
    pub grace: Duration,
    /// Bytes that earn one more second.
    pub bytes_per_second: u64,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            pause: Duration::from_secs(30),
            grace: Duration::from_secs(30),
            bytes_per_second: 16 * 1024,
        }
    }
}

impl Pace {
    /// How long the next pause may be, after so many bytes and so much waiting.
    #[must_use]
    pub fn patience(&self, bytes: u64, waited: Duration) -> Duration {
        let earned = Duration::from_secs(bytes / self.bytes_per_second.max(1));
        let left = (self.grace + earned).saturating_sub(waited);
        left.min(self.pause)
    }
}

/// Watches the body, and answers 408 when it came too slowly.
pub async fn layer(State(pace): State<Pace>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let too_slow = Arc::new(AtomicBool::new(false));
    let watched = request.map(|body| {
        Body::new(Watched {
            body,
            pace,
            bytes: 0,
            waited: Duration::ZERO,
            waiting: None,
            too_slow: Arc::clone(&too_slow),
        })
    });
    let response = next.run(watched).await;
    if !too_slow.load(Ordering::Relaxed) {
        return response;
    }
    ApiError::new(
        StatusCode::REQUEST_TIMEOUT,
        "timeout",
        "The request came too slowly and was ended; try again.",
    )
    .into_response()
}

struct Watched {
    body: Body,
    pace: Pace,
    bytes: u64,
    waited: Duration,
    /// Since when, and the alarm.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
    too_slow: Arc<AtomicBool>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            if let Some((since, _)) = this.waiting.take() {
                this.waited += since.elapsed();
            }
            if let Some(Ok(frame)) = &frame {
                this.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let patience = this.pace.patience(this.bytes, this.waited);
        let (_, alarm) = this
            .waiting
            .get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(patience))));
        ready!(alarm.as_mut().poll(context));
        this.too_slow.store(true, Ordering::Relaxed);
        Poll::Ready(Some(Err(Box::new(TooSlow))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body's end when it came too slowly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body came too slowly")
    }
}

impl std::error::Error for TooSlow {}
