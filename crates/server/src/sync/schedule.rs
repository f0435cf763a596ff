//! The schedule: inbound then outbound, every so often. Servers that share a database share the schedule;
//! each due time fires at one of them.

use std::time::Duration;

use eloops_api::{Directions, Trigger};

use super::{Engine, Request, turn};
use crate::store::{StoreError, idempotency, leases, outbox, sync_changes};

/// The lease that stands for "fired lately": it is never given back, and runs out at the next due time.
const SCHEDULE: &str = "schedule";
const DAY_MICROS: i64 = 24 * 3600 * 1_000_000;

impl Engine {
    /// Starts a sync every `sync_every` until [`Engine::stop`]; returns at once when it is switched off. A time that
    /// falls into another run is put off until that has ended.
    pub async fn keep_schedule(&self) {
        let Some(every) = self.tools().network.sync_every else {
            return;
        };
        let look = (every / 8).clamp(Duration::from_millis(100), Duration::from_secs(5));
        let stop = self.tools().stop.clone();
        while !stop.is_cancelled() {
            match self.fires(every).await {
                Ok(true) => self.scheduled_run().await,
                Ok(false) => {}
                Err(error) => tracing::error!(?error, "the sync schedule cannot ask the database"),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.tools().clock.sleep(look) => {}
            }
        }
    }

    /// Whether it is time, and no other server has answered to that.
    async fn fires(&self, every: Duration) -> Result<bool, StoreError> {
        let tools = self.tools();
        let now = tools.clock.micros();
        let mut tx = tools.store.write().await?;
        if leases::is_held(&mut tx, &tools.network_id, turn::SYNC, now).await? {
            return Ok(false);
        }
        let next = now + i64::try_from(every.as_micros()).unwrap_or(i64::MAX / 2);
        let id = crate::ids::new_id(tools.clock.now());
        let due = leases::acquire(&mut tx, &tools.network_id, SCHEDULE, &id, now, next).await?;
        tx.commit().await?;
        Ok(due.is_some())
    }

    async fn scheduled_run(&self) {
        let request = Request {
            directions: Directions::Both,
            dry_run: false,
            worker: None,
            trigger: Trigger::Schedule,
        };
        if let Err(error) = self.run(request, &()).await {
            tracing::error!(?error, "a scheduled sync could not be started");
        }
        if let Err(error) = self.prune().await {
            tracing::error!(?error, "old rows could not be dropped");
        }
    }

    /// Drops what only the present needs.
    async fn prune(&self) -> Result<(), StoreError> {
        let tools = self.tools();
        let now = tools.clock.micros();
        let mut tx = tools.store.write().await?;
        outbox::prune(&mut tx, &tools.network_id, now - DAY_MICROS).await?;
        idempotency::prune(&mut tx, &tools.network_id, now - 2 * DAY_MICROS).await?;
        sync_changes::prune_skips(&mut tx, &tools.network_id, now - 2 * DAY_MICROS).await?;
        tx.commit().await
    }
}
