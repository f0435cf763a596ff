use std::{fmt, sync::Arc};

use eloops_api::{Counts, Direction, Directions, RunState, SyncRun, Trigger};
use thiserror::Error;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    inbound, outbound,
    progress::Progress,
    run::{RunError, Running, Tools},
    turn,
};
use crate::{
    clock::SharedClock,
    config::Network,
    ids::new_id,
    store::{Store, StoreError, sync_runs, timestamp},
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

/// Runs syncs of one network. Cheap to clone; all clones know of each other's runs.
#[derive(Clone)]
pub struct Engine {
    tools: Tools,
    fields: Arc<outbound::FieldCache>,
    tasks: TaskTracker,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("network_id", &self.tools.network_id)
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
        let stop = CancellationToken::new();
        Self {
            tools: Tools {
                store,
                clock,
                network_id,
                network,
                talent,
                stop,
            },
            fields: Arc::default(),
            tasks: TaskTracker::new(),
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
        self.tasks.spawn(async move {
            for run in pending {
                engine.carry_out(run, &()).await;
            }
        });
        Ok(runs)
    }

    /// As [`Engine::start`], and gives the runs when they have ended.
    ///
    /// # Errors
    /// [`SyncError`].
    pub async fn run(
        &self,
        request: Request,
        progress: &dyn Progress,
    ) -> Result<Vec<SyncRun>, SyncError> {
        let mut ended = Vec::new();
        for run in self.record(&request).await? {
            ended.push(self.carry_out(run, progress).await);
        }
        Ok(ended)
    }

    /// Lets the runs under way end at their next chunk, and waits for them.
    pub async fn stop(&self) {
        self.tools.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    pub(super) fn tools(&self) -> &Tools {
        &self.tools
    }

    async fn record(&self, request: &Request) -> Result<Vec<SyncRun>, SyncError> {
        let worker = request
            .worker
            .as_deref()
            .map(personnel_number)
            .transpose()?;
        let directions: &[Direction] = match request.directions {
            Directions::In => &[Direction::In],
            Directions::Out => &[Direction::Out],
            Directions::Both => &[Direction::In, Direction::Out],
        };
        let mut runs = Vec::new();
        let mut tx = self.tools.store.write().await?;
        for direction in directions {
            let now = self.tools.clock.now();
            let run = SyncRun {
                id: new_id(now),
                direction: *direction,
                dry_run: request.dry_run,
                worker: worker.clone(),
                trigger: request.trigger,
                state: RunState::Planning,
                counts: Counts::default(),
                held_because: None,
                error: None,
                started_at: timestamp(now.as_microsecond()),
                finished_at: None,
            };
            sync_runs::insert(&mut tx, &self.tools.network_id, &run, now.as_microsecond()).await?;
            runs.push(run);
        }
        tx.commit().await?;
        Ok(runs)
    }

    /// Carries a recorded run out to its end; whatever goes wrong stands in the run.
    async fn carry_out(&self, mut run: SyncRun, progress: &dyn Progress) -> SyncRun {
        let tools = &self.tools;
        let lease = match turn::take(tools, &mut run, progress).await {
            Ok(lease) => lease,
            Err(error) => {
                let run = ended(run, &Err(error), 0, 0);
                return self.conclude(run, progress).await;
            }
        };
        let keeper = turn::Keeper::start(tools, &lease);
        let mut running = Running::new(tools, run, lease, progress);
        let result = match running.run.direction {
            Direction::In => inbound::run(&mut running).await,
            Direction::Out => outbound::run(&mut running, &self.fields).await,
        };
        drop(keeper);
        let Running {
            run,
            lease,
            applied,
            failed,
            ..
        } = running;
        // Whoever took the lease over has noted the end of this run.
        let lost = matches!(&result, Err(RunError::Store(StoreError::LeaseLost)));
        let run = ended(run, &result, applied, failed);
        if lost {
            return run;
        }
        let run = self.conclude(run, progress).await;
        if let Err(error) = turn::give_back(tools, &lease).await {
            // It runs out by itself; until then the next run waits.
            tracing::warn!(?error, "a sync's lease could not be given back");
        }
        run
    }

    async fn conclude(&self, mut run: SyncRun, progress: &dyn Progress) -> SyncRun {
        let now = self.tools.clock.micros();
        run.finished_at = Some(timestamp(now));
        if let Err(error) = self.write_end(&run, now).await {
            tracing::error!(run = %run.id, ?error, "a run's end could not be recorded");
        }
        let counts = run.counts;
        tracing::info!(
            run = %run.id,
            direction = ?run.direction,
            dry_run = run.dry_run,
            state = ?run.state,
            create = counts.create,
            update = counts.update,
            deactivate = counts.deactivate,
            reactivate = counts.reactivate,
            write = counts.write,
            skip = counts.skip,
            error = run.error,
            "sync run ended"
        );
        progress.ended(&run);
        run
    }

    async fn write_end(&self, run: &SyncRun, now: i64) -> Result<(), StoreError> {
        let mut tx = self.tools.store.write().await?;
        sync_runs::update(&mut tx, run, Some(now)).await?;
        tx.commit().await
    }
}

/// The run's final state.
fn ended(mut run: SyncRun, result: &Result<(), RunError>, applied: i64, failed: i64) -> SyncRun {
    run.state = match result {
        Ok(()) if failed == 0 => RunState::Done,
        Ok(()) => RunState::Partial,
        Err(_) if applied > 0 => RunState::Partial,
        Err(_) => RunState::Failed,
    };
    run.error = match result {
        Err(error) => Some(error.to_string()),
        Ok(()) if failed > 0 => Some(format!(
            "{failed} of the changes failed; each says why, and the next run tries them again"
        )),
        Ok(()) => None,
    };
    run
}

/// A personnel number as Talent may have it.
fn personnel_number(text: &str) -> Result<String, SyncError> {
    let number = text.trim();
    let fits = !number.is_empty()
        && number.chars().count() <= 100
        && !number.chars().any(|c| c.is_control() || c == '*');
    if fits {
        Ok(number.to_owned())
    } else {
        Err(SyncError::Worker(text.to_owned()))
    }
}
