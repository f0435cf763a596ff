//! Eloops to Talent: coins and uploads are written into the worker's two custom fields.
//!
//! Talent's values are read first, and only what differs is written, both fields of a worker in one PATCH.
//! What is about to be sent is noted before, so that after a crash our own value in Talent is known as ours.

mod apply;
mod fields;
mod plan;

use std::collections::HashMap;

use eloops_api::{Action, FieldChange, Outcome, SyncChange};
use eloops_talent::{CustomField, WorkerFields, reads};

pub(super) use self::fields::FieldCache;
use self::plan::{Known, Plan, Write, plan};
use super::{
    inbound::{BadRow, read_whole},
    progress::Stage,
    run::{RunError, Running, skipped},
};
use crate::store::outbound::{self, Figures};

/// Changes recorded and links noted in one transaction.
const CHUNK: usize = 1_000;

/// Carries the run out.
pub(super) async fn run(running: &mut Running<'_>, cache: &FieldCache) -> Result<(), RunError> {
    let direction = running.run.direction;
    running.progress.stage(direction, Stage::Reading, None);
    let (fields, rows, bad) = read(running, cache).await?;
    running.check_stop()?;

    let figures = figures(running).await?;
    let plan = plan(&figures, &rows, &bad);
    drop(rows);
    let steps = plan.writes.len() as u64;
    running
        .progress
        .stage(direction, Stage::Planning, Some(steps));
    let mut sync = Outbound {
        fields: &fields,
        figures: &figures,
    };
    sync.record(running, &plan).await?;
    if running.run.dry_run {
        return Ok(());
    }
    running.begin_applying().await?;
    sync.note(running, &plan.known).await?;
    running
        .progress
        .stage(direction, Stage::Applying, Some(steps));
    sync.apply(running, &plan.writes).await
}

/// Both fields, and what they hold at every worker.
type Read = (Vec<CustomField>, Vec<WorkerFields>, Vec<BadRow>);

async fn read(running: &Running<'_>, cache: &FieldCache) -> Result<Read, RunError> {
    let (fields, cached) = cache.get(running.tools).await?;
    match values(running, &fields).await {
        // The fields may have been switched off since; then Talent refuses the read.
        Err(RunError::Read(..)) if cached => {
            cache.forget();
            let (fields, _) = cache.get(running.tools).await?;
            let (rows, bad) = values(running, &fields).await?;
            Ok((fields, rows, bad))
        }
        other => other.map(|(rows, bad)| (fields, rows, bad)),
    }
}

async fn values(
    running: &Running<'_>,
    fields: &[CustomField],
) -> Result<(Vec<WorkerFields>, Vec<BadRow>), RunError> {
    let read = match running.run.worker.as_deref() {
        None => reads::worker_fields(fields),
        Some(number) => reads::worker_fields_of(number, fields)
            .map_err(|error| RunError::Told(error.to_string()))?,
    };
    read_whole(&running.tools.talent, read).await
}

async fn figures(running: &Running<'_>) -> Result<Vec<Figures>, RunError> {
    let tools = running.tools;
    let mut conn = tools.store.read().await?;
    let only = running.run.worker.as_deref();
    Ok(outbound::figures(&mut conn, &tools.network_id, only).await?)
}

/// One outbound run's data.
struct Outbound<'f> {
    /// The coins field, then the uploads field.
    fields: &'f [CustomField],
    figures: &'f [Figures],
}

impl Outbound<'_> {
    /// Records the plan: the writes first, in its order, so that a write's number is its index.
    async fn record(&mut self, running: &mut Running<'_>, plan: &Plan) -> Result<(), RunError> {
        for chunk in plan.writes.chunks(CHUNK) {
            running.check_stop()?;
            let changes: Vec<SyncChange> = chunk.iter().map(|write| self.change(write)).collect();
            running.record(&changes).await?;
        }
        for chunk in plan.skips.chunks(CHUNK) {
            let changes: Vec<SyncChange> = chunk
                .iter()
                .map(|(number, reason)| skipped(number.to_string(), reason.to_string()))
                .collect();
            running.record(&changes).await?;
        }
        Ok(())
    }

    fn change(&self, write: &Write) -> SyncChange {
        let figures = &self.figures[write.member as usize];
        let wanted = [figures.coins, figures.uploads];
        let fields = self
            .fields
            .iter()
            .zip(&write.old)
            .zip(wanted)
            .filter_map(|((field, old), new)| {
                let old = old.as_ref()?;
                Some(FieldChange {
                    name: field.name.to_string(),
                    old: Some(old.to_string()).filter(|text| !text.is_empty()),
                    new: Some(new.to_string()),
                })
            })
            .collect();
        SyncChange {
            worker_number: figures.number.to_string(),
            action: Action::Write,
            fields,
            reason: write.drift.then(|| "drift".to_owned()),
            outcome: Outcome::Planned,
        }
    }

    /// Keeps what Talent was seen to show, where that is news.
    async fn note(&self, running: &Running<'_>, known: &[Known]) -> Result<(), RunError> {
        let now = running.tools.clock.micros();
        for chunk in known.chunks(CHUNK) {
            let links: Vec<_> = chunk.iter().map(|known| known.link(self.figures)).collect();
            let mut tx = running.write().await?;
            outbound::upsert(&mut tx, &running.tools.network_id, &links, now).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Rows by personnel number, for the plan and its tests.
fn by_number(rows: &[WorkerFields]) -> HashMap<&str, &WorkerFields> {
    rows.iter()
        .map(|row| (&*row.personnel_number, row))
        .collect()
}
