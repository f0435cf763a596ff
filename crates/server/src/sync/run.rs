use std::{sync::Arc, time::Duration};

use eloops_api::{Action, Counts, Outcome, RunState, SyncChange, SyncRun};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use super::progress::Progress;
use crate::{
    clock::SharedClock,
    config::Network,
    store::{Store, StoreError, WriteTx, leases, leases::Lease, sync_changes, sync_runs},
    talent_client::{CallError, TalentClient},
};

/// A holder that gives no sign of life for so long has lost its turn.
pub(super) const LEASE: Duration = Duration::from_secs(20);

/// What every run works with.
#[derive(Clone)]
pub(crate) struct Tools {
    pub(crate) store: Store,
    pub(crate) clock: SharedClock,
    pub(crate) network_id: String,
    pub(crate) network: Network,
    pub(crate) talent: Arc<TalentClient>,
    /// Cancelled when the server stops; runs end at the next chunk.
    pub(crate) stop: CancellationToken,
}

/// Why a run could not go on.
#[derive(Debug, Error)]
pub(crate) enum RunError {
    #[error("reading {0} from Talent: {1}")]
    Read(&'static str, #[source] CallError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Words that say what to do.
    #[error("{0}")]
    Told(String),
    #[error(
        "the server was stopped; what had been applied stays, start the sync again for the rest"
    )]
    Stopped,
}

impl From<(&'static str, CallError)> for RunError {
    fn from((set, error): (&'static str, CallError)) -> Self {
        Self::Read(set, error)
    }
}

/// A run that has its turn.
pub(crate) struct Running<'a> {
    pub(crate) tools: &'a Tools,
    pub(crate) run: SyncRun,
    pub(crate) lease: Lease,
    pub(crate) progress: &'a dyn Progress,
    /// Changes recorded so far.
    seq: i64,
    /// Changes that were refused.
    pub(crate) failed: i64,
    /// Changes that were carried out.
    pub(crate) applied: i64,
}

impl<'a> Running<'a> {
    pub(super) fn new(
        tools: &'a Tools,
        run: SyncRun,
        lease: Lease,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            tools,
            run,
            lease,
            progress,
            seq: 0,
            failed: 0,
            applied: 0,
        }
    }

    /// A writing transaction that comes to nothing if another server has taken over.
    pub(crate) async fn write(&self) -> Result<WriteTx, StoreError> {
        let mut tx = self.tools.store.write().await?;
        leases::hold(&mut tx, &self.lease, lease_until(&self.tools.clock)).await?;
        Ok(tx)
    }

    /// Records a part of the plan; gives the number of its first change.
    pub(crate) async fn record(&mut self, changes: &[SyncChange]) -> Result<i64, RunError> {
        let first = self.seq;
        for change in changes {
            count(&mut self.run.counts, change.action);
        }
        let mut tx = self.write().await?;
        let network_id = &self.tools.network_id;
        sync_changes::insert(&mut tx, network_id, &self.run.id, first, changes).await?;
        sync_runs::update(&mut tx, &self.run, None).await?;
        tx.commit().await?;
        self.seq += i64::try_from(changes.len()).unwrap_or(0);
        Ok(first)
    }

    /// The plan stands; from here on it is carried out.
    pub(crate) async fn begin_applying(&mut self) -> Result<(), RunError> {
        self.run.state = RunState::Applying;
        let mut tx = self.write().await?;
        sync_runs::update(&mut tx, &self.run, None).await?;
        Ok(tx.commit().await?)
    }

    /// Ends between two chunks when the server is stopping.
    pub(crate) fn check_stop(&self) -> Result<(), RunError> {
        if self.tools.stop.is_cancelled() {
            Err(RunError::Stopped)
        } else {
            Ok(())
        }
    }
}

/// When a lease taken or extended now runs out, in microseconds since 1970.
pub(super) fn lease_until(clock: &SharedClock) -> i64 {
    clock.micros() + i64::try_from(LEASE.as_micros()).unwrap_or(i64::MAX / 2)
}

fn count(counts: &mut Counts, action: Action) {
    let slot = match action {
        Action::Create => &mut counts.create,
        Action::Update => &mut counts.update,
        Action::Deactivate => &mut counts.deactivate,
        Action::Reactivate => &mut counts.reactivate,
        Action::Write => &mut counts.write,
        Action::Skip => &mut counts.skip,
    };
    *slot += 1;
}

/// A skip as it is recorded.
pub(crate) fn skipped(worker_number: String, reason: String) -> SyncChange {
    SyncChange {
        worker_number,
        action: Action::Skip,
        fields: Vec::new(),
        reason: Some(reason),
        outcome: Outcome::Skipped,
    }
}
