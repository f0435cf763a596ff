use std::{fmt, sync::Arc};

use eloops_api::{Directions, SyncRun, Trigger};
use thiserror::Error;

use crate::{
    clock::SharedClock,
    config::Network,
    store::{Store, StoreError},
    talent_client::TalentClient,
};

/// What is asked of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which way; both are two runs, inbound first.
    pub directions: Directions,
    /// Only plan.
    pub dry_run: bool,
    /// Only this worker.
    pub worker: Option<String>,
    /// What asks.
    pub trigger: Trigger,
}

/// Why a run could not be started. What goes wrong later stands in the run itself.
#[derive(Debug, Error)]
pub enum SyncError {
    /// The personnel number is none.
    #[error("\"{0}\" is no personnel number; give it as Talent shows it, such as 000123")]
    Worker(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs syncs of one network. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    clock: SharedClock,
    network_id: String,
    network: Network,
    talent: Arc<TalentClient>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("network_id", &self.inner.network_id)
            .finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine for the network, whose row [`crate::store::networks::ensure`] has made.
    #[must_use]
    pub fn new(
        store: Store,
        clock: SharedClock,
        network_id: String,
        network: Network,
        talent: Arc<TalentClient>,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                store,
                clock,
                network_id,
                network,
                talent,
            }),
        }
    }

    /// Records the run (two for both ways) and carries it out in the background. A run waits for its turn
    /// while another one of the network is under way.
    ///
    /// # Errors
    /// [`SyncError`], before anything was started.
    pub async fn start(&self, request: Request) -> Result<Vec<SyncRun>, SyncError> {
        let runs = self.record(&request).await?;
        let (engine, pending) = (self.clone(), runs.clone());
        tokio::spawn(async move {
            for run in pending {
                engine.carry_out(run).await;
            }
        });
        Ok(runs)
    }

    /// As [`Engine::start`], and gives the runs when they have ended.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn run(&self, request: Request) -> Result<Vec<SyncRun>, SyncError> {
        let mut ended = Vec::new();
        for run in self.record(&request).await? {
            ended.push(self.carry_out(run).await);
        }
        Ok(ended)
    }

    async fn record(&self, _request: &Request) -> Result<Vec<SyncRun>, SyncError> {
        let _ = (
            &self.inner.store,
            &self.inner.clock,
            &self.inner.network,
            &self.inner.talent,
        );
        Ok(Vec::new())
    }

    async fn carry_out(&self, run: SyncRun) -> SyncRun {
        run
    }
}
