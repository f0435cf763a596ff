//! One run of a network at a time, however many servers and commands there are: a run waits for its turn,
//! and holds it by a lease that is extended while it works.

use std::time::Duration;

use eloops_api::SyncRun;
use tokio::task::JoinHandle;

use super::{
    progress::{Progress, Stage},
    run::{LEASE, RunError, Tools, lease_until},
};
use crate::store::{StoreError, leases, leases::Lease, sync_runs, timestamp};

/// The lease's name.
pub(super) const SYNC: &str = "sync";
/// How often a waiting run looks.
const LOOK: Duration = Duration::from_millis(500);
/// How long it waits at most.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Waits until no other run of the network is under way, and takes the turn; the run begins with it.
pub(super) async fn take(
    tools: &Tools,
    run: &mut SyncRun,
    progress: &dyn Progress,
) -> Result<Lease, RunError> {
    let began = tools.clock.micros();
    let patience = i64::try_from(PATIENCE.as_micros()).unwrap_or(i64::MAX);
    let mut told = false;
    loop {
        if tools.stop.is_cancelled() {
            return Err(RunError::Stopped);
        }
        if let Some(lease) = try_take(tools, run).await? {
            return Ok(lease);
        }
        if tools.clock.micros() - began > patience {
            return Err(RunError::Told(
                "another sync of this network has been under way for 15 minutes; try again when it has ended"
                    .to_owned(),
            ));
        }
        if !told {
            progress.stage(run.direction, Stage::Waiting, None);
            told = true;
        }
        tools.clock.sleep(LOOK).await;
    }
}

async fn try_take(tools: &Tools, run: &mut SyncRun) -> Result<Option<Lease>, StoreError> {
    let now = tools.clock.micros();
    let patience = i64::try_from(PATIENCE.as_micros()).unwrap_or(i64::MAX);
    let mut tx = tools.store.write().await?;
    let until = lease_until(&tools.clock);
    let lease = leases::acquire(&mut tx, &tools.network_id, SYNC, &run.id, now, until).await?;
    if let Some(lease) = &lease {
        let waiting_since = now - 2 * patience;
        let fencing = lease.fencing;
        sync_runs::begin(
            &mut tx,
            &tools.network_id,
            &run.id,
            fencing,
            now,
            waiting_since,
        )
        .await?;
    }
    tx.commit().await?;
    if lease.is_some() {
        run.started_at = timestamp(now);
    }
    Ok(lease)
}

/// Extends the lease in the background until it is dropped. If that fails the run finds out at its next write.
pub(super) struct Keeper(JoinHandle<()>);

impl Keeper {
    pub(super) fn start(tools: &Tools, lease: &Lease) -> Self {
        let (tools, lease) = (tools.clone(), lease.clone());
        Self(tokio::spawn(async move {
            loop {
                tokio::time::sleep(LEASE / 4).await;
                if let Err(error) = extend(&tools, &lease).await {
                    tracing::warn!(?error, "a sync's lease could not be extended");
                    if matches!(error, StoreError::LeaseLost) {
                        return;
                    }
                }
            }
        }))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn extend(tools: &Tools, lease: &Lease) -> Result<(), StoreError> {
    let mut tx = tools.store.write().await?;
    leases::hold(&mut tx, lease, lease_until(&tools.clock)).await?;
    tx.commit().await
}

/// Gives the turn to the next run.
pub(super) async fn give_back(tools: &Tools, lease: &Lease) -> Result<(), StoreError> {
    let mut tx = tools.store.write().await?;
    leases::release(&mut tx, lease).await?;
    tx.commit().await
}
