use std::{fmt, sync::Arc};

use eloops_talent::{
    Moment, Page, Pages, Read, RefusalKind, Request, Response, RetryAfter, Root, Shape, TalentError,
};

use super::{
    CallError, TokenSource, Transport,
    pace::{Pace, pause},
};
use crate::{auth::oauth::TokenEndpoint, clock::SharedClock, config::Network};

/// Talent of one network. Share it: the pace and the token are for all calls together.
pub struct TalentClient {
    root: Root,
    transport: Arc<dyn Transport>,
    token_endpoint: Arc<TokenEndpoint>,
    token: TokenSource,
    clock: SharedClock,
    pace: Pace,
}

impl fmt::Debug for TalentClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TalentClient")
            .field("root", &self.root)
            .finish_non_exhaustive()
    }
}

impl TalentClient {
    /// A client with the network's app registration.
    #[must_use]
    pub fn new(network: &Network, transport: Arc<dyn Transport>, clock: SharedClock) -> Self {
        let root = network.talent.root.clone();
        let token_endpoint = Arc::new(TokenEndpoint::new(
            &network.entra,
            Arc::clone(&transport),
            Arc::clone(&clock),
        ));
        let token = TokenSource::new(Arc::clone(&token_endpoint), root.scope());
        Self {
            root,
            transport,
            token_endpoint,
            token,
            clock,
            pace: Pace::default(),
        }
    }

    /// Where Talent is.
    #[must_use]
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// Where the network's tokens come from, its people's too.
    #[must_use]
    pub fn token_endpoint(&self) -> &Arc<TokenEndpoint> {
        &self.token_endpoint
    }

    /// Sends with a user's token, once: a person is waiting, so nothing is tried again.
    ///
    /// # Errors
    /// [`CallError::Network`], or what `read` finds in the answer.
    pub async fn send_as<T>(
        &self,
        bearer: &str,
        request: &Request,
        read: impl FnOnce(&Response) -> Result<T, TalentError>,
    ) -> Result<T, CallError> {
        let response = self.transport.send(request, bearer).await?;
        Ok(read(&response)?)
    }

    /// Sends with the server's own rights, and tries again what may be tried again: reads, and writes that set
    /// a value, do no harm twice.
    ///
    /// # Errors
    /// The last try's error.
    pub async fn send<T>(
        &self,
        request: &Request,
        mut read: impl FnMut(&Response) -> Result<T, TalentError>,
    ) -> Result<T, CallError> {
        let mut renewed = false;
        let mut tried = 0;
        loop {
            tried += 1;
            self.pace.wait(&*self.clock).await;
            let error = match self.once(request, &mut read).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            if let Some(token) = error.rejected_token
                && !renewed
            {
                // It may have been revoked before its time; once a new one is worth a try.
                renewed = true;
                self.token.forget(&token).await;
                continue;
            }
            let Some(pause) = pause(
                tried,
                self.retry_after(&error.error),
                is_throttled(&error.error),
            )
            .filter(|_| error.error.is_retryable()) else {
                return Err(error.error);
            };
            tracing::debug!(
                tried,
                pause_ms = pause.as_millis() as u64,
                "Talent is asked again later"
            );
            if is_throttled(&error.error) {
                self.pace.hold(pause, &*self.clock);
            } else {
                self.clock.sleep(pause).await;
            }
        }
    }

    /// Reads a whole set, page by page; `take` gets each page.
    ///
    /// # Errors
    /// [`CallError`] when a page cannot be read after all tries.
    pub async fn read_all<S: Shape>(
        &self,
        read: Read<S>,
        mut take: impl FnMut(Page<S::Row>),
    ) -> Result<(), CallError> {
        let mut pages = Pages::new(&self.root, read);
        while let Some(request) = pages.request() {
            let page = self.send(&request, |response| pages.read(response)).await?;
            take(page);
        }
        Ok(())
    }

    async fn once<T>(
        &self,
        request: &Request,
        read: &mut impl FnMut(&Response) -> Result<T, TalentError>,
    ) -> Result<T, Failed> {
        let token = self.token.get(&*self.clock).await.map_err(Failed::of)?;
        let response = self
            .transport
            .send(request, &token)
            .await
            .map_err(Failed::of)?;
        let status = response.status;
        read(&response).map_err(|error| Failed {
            error: error.into(),
            rejected_token: (status == 401).then_some(token),
        })
    }

    fn retry_after(&self, error: &CallError) -> Option<std::time::Duration> {
        let now = Moment::from_unix_seconds(self.clock.now().as_second());
        match error {
            CallError::Token(error) => error.retry_after(),
            CallError::Network(_) => None,
            CallError::Talent(error) => error
                .refusal()?
                .retry_after
                .map(|after: RetryAfter| after.delay(now)),
        }
    }
}

struct Failed {
    error: CallError,
    rejected_token: Option<String>,
}

impl Failed {
    fn of(error: impl Into<CallError>) -> Self {
        Self {
            error: error.into(),
            rejected_token: None,
        }
    }
}

fn is_throttled(error: &CallError) -> bool {
    matches!(error, CallError::Talent(error)
        if error.refusal().is_some_and(|refusal| refusal.kind == RefusalKind::Throttled))
}
