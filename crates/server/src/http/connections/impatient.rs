use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use crate::http::plumbing::body_pace::Pace;

/// A stream whose other end has to take what is written: who asks and does not read would keep a connection for ever.
/// Only waiting counts.
pub(super) struct Impatient<S> {
    stream: S,
    pace: Pace,
    bytes: u64,
    waited: Duration,
    /// Since when, and the alarm.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl<S> Impatient<S> {
    pub(super) fn new(stream: S, pace: Pace) -> Self {
        Self {
            stream,
            pace,
            bytes: 0,
            waited: Duration::ZERO,
            waiting: None,
        }
    }

    /// The outcome of a step, or the end when it keeps us waiting for too long.
    fn outcome<T>(
        &mut self,
        step: Poll<io::Result<T>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if step.is_ready() {
            if let Some((since, _)) = self.waiting.take() {
                self.waited += since.elapsed();
            }
            return step;
        }
        let patience = self.pace.patience(self.bytes, self.waited);
        let (_, alarm) = self
            .waiting
            .get_or_insert_with(|| (Instant::now(), Box::pin(tokio::time::sleep(patience))));
        ready!(alarm.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn written(
        &mut self,
        step: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let outcome = self.outcome(step, context);
        if let Poll::Ready(Ok(count)) = &outcome {
            self.bytes = self.bytes.saturating_add(*count as u64);
        }
        outcome
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Impatient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Impatient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let step = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(step, context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let step = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.written(step, context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let step = Pin::new(&mut self.stream).poll_flush(context);
        self.outcome(step, context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let step = Pin::new(&mut self.stream).poll_shutdown(context);
        self.outcome(step, context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Bytes earn nothing.
    const PACE: Pace = Pace {
        pause: Duration::from_millis(100),
        grace: Duration::from_millis(200),
        bytes_per_second: 1_000_000_000,
    };

    async fn write(pace: Pace, every: Duration, at_once: usize) -> io::Result<()> {
        let (ours, mut theirs) = tokio::io::duplex(at_once);
        let reading = tokio::spawn(async move {
            let mut bytes = vec![0; at_once];
            loop {
                tokio::time::sleep(every).await;
                if !matches!(theirs.read(&mut bytes).await, Ok(1..)) {
                    break;
                }
            }
        });
        let outcome = Impatient::new(ours, pace).write_all(&[0; 100_000]).await;
        reading.abort();
        outcome
    }

    #[tokio::test]
    async fn who_does_not_read_is_left() {
        let error = write(PACE, Duration::from_secs(3_600), 1_000).await;
        assert_eq!(error.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn who_reads_in_drops_is_left_too() {
        let error = write(PACE, Duration::from_millis(50), 1_000).await;
        assert_eq!(error.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn who_reads_slowly_but_steadily_gets_all() {
        let pace = Pace {
            pause: Duration::from_secs(20),
            bytes_per_second: 100,
            ..PACE
        };
        let done = write(pace, Duration::from_millis(50), 10_000).await;
        done.unwrap();
    }
}
