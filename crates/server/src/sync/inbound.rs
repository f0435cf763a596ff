//! Talent to Eloops: workers become members.
//!
//! Read everything, decide for everybody ([`plan`]), record the changes, then apply them chunk by chunk, and
//! at last link the managers. The plan is complete before the first member is touched.

mod apply;
mod fields;
mod link;
mod managers;
mod one;
mod plan;
mod read;
mod reason;
mod record;
mod rows;
mod skip;
mod target;

use std::collections::{HashMap, HashSet};

use eloops_talent::{Read, Shape, join::Company};
use uuid::Uuid;

use self::{fields::Identity, plan::plan, rows::Rows, target::Target};
use super::{
    progress::Stage,
    run::{RunError, Running},
};
use crate::{
    store::{
        member_sync::{self, MemberState},
        members::MemberRow,
    },
    talent_client::TalentClient,
};

pub(super) use self::rows::BadRow;

/// Reads one set to its end; unreadable rows come beside the others.
pub(super) async fn read_whole<S: Shape>(
    talent: &TalentClient,
    read: Read<S>,
) -> Result<(Vec<S::Row>, Vec<BadRow>), RunError> {
    let set = read.set();
    let whole = read::whole(talent, read).await?;
    let bad = whole
        .skipped
        .into_iter()
        .map(|row| read::bad(set, row))
        .collect();
    Ok((whole.rows, bad))
}

/// Members planned and applied in one go: one transaction, and so much memory.
const CHUNK: usize = 1_000;

/// Carries the run out.
pub(super) async fn run(running: &mut Running<'_>) -> Result<(), RunError> {
    let direction = running.run.direction;
    let tools = running.tools;
    let today = plan::day(tools.clock.today());
    running.progress.stage(direction, Stage::Reading, None);
    let rows = match running.run.worker.as_deref() {
        None => read::everybody(&tools.talent).await?,
        Some(number) => one::worker(&tools.talent, number, today).await?,
    };
    running.check_stop()?;
    if rows.only.is_none() && rows.is_empty() {
        return Err(RunError::Told(
            "Talent's Workers came back empty; nothing was changed. Check in Talent that the user of the app \
             registration may read workers."
                .to_owned(),
        ));
    }
    let company = rows.company(today);
    let members = load(running, &rows).await?;
    let sync = Inbound {
        rows: &rows,
        company: &company,
        members: &members,
    };

    let grace_days = tools
        .network
        .guards
        .missing_grace
        .map(|grace| grace.as_secs() / 86_400);
    let steps = plan(&rows, &company, &members, grace_days);
    running
        .progress
        .stage(direction, Stage::Planning, Some(steps.len() as u64));
    let planned = sync.record(running, steps).await?;
    if running.run.dry_run {
        return Ok(());
    }
    running.begin_applying().await?;
    running
        .progress
        .stage(direction, Stage::Applying, Some(planned.steps.len() as u64));
    let failed = sync.apply(running, &planned).await?;
    sync.link(running, &planned, &failed).await
}

/// The members the plan needs: all of them, or the worker and everybody read for the line.
async fn load(running: &Running<'_>, rows: &Rows) -> Result<Vec<MemberState>, RunError> {
    let network_id = &running.tools.network_id;
    let mut conn = running.tools.store.read().await?;
    let Some(only) = &rows.only else {
        return Ok(member_sync::states(&mut conn, network_id, None).await?);
    };
    let mut numbers: HashSet<&str> = rows
        .workers
        .iter()
        .map(|worker| &*worker.personnel_number)
        .collect();
    numbers.insert(only);
    let numbers: Vec<&str> = numbers.into_iter().collect();
    Ok(member_sync::states(&mut conn, network_id, Some(&numbers)).await?)
}

/// One inbound run's data.
struct Inbound<'f> {
    rows: &'f Rows,
    company: &'f Company<'f>,
    members: &'f [MemberState],
}

/// A step that will be applied, and the number of its change.
#[derive(Debug, Clone, Copy)]
struct ToDo {
    worker: u32,
    /// The member's id, also of one to be made.
    id: Uuid,
    /// Index into the members; none for a new one.
    member: Option<u32>,
    step: StepKind,
    seq: i64,
}

/// The rest of a step, small.
#[derive(Debug, Clone, Copy)]
struct StepKind {
    status: eloops_api::MemberStatus,
    hash: i64,
}

/// What is to be applied.
#[derive(Debug, Default)]
struct Planned {
    steps: Vec<ToDo>,
    /// Workers whose change shows nowhere in the member: only the hash is noted.
    unseen: Vec<(Uuid, i64)>,
}

impl<'f> Inbound<'f> {
    /// The member's row as it will be.
    fn row(
        &self,
        running: &Running<'_>,
        worker: u32,
        status: eloops_api::MemberStatus,
        id: &Uuid,
        old: Option<&MemberRow>,
    ) -> (Target<'f>, MemberRow) {
        let target = Target::from(self.company.record(&self.rows.workers[worker as usize]));
        let identity = Identity {
            id: &id.to_string(),
            network_id: &running.tools.network_id,
            now: running.tools.clock.micros(),
        };
        let row = fields::member(&target, status, old, &identity);
        (target, row)
    }

    /// Whole rows of the members with these indices, by id.
    async fn old_rows(
        &self,
        running: &Running<'_>,
        members: impl Iterator<Item = u32>,
    ) -> Result<HashMap<Uuid, MemberRow>, RunError> {
        let ids: Vec<Uuid> = members.map(|at| self.members[at as usize].id).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut conn = running.tools.store.read().await?;
        let rows = member_sync::rows(&mut conn, &ids).await?;
        Ok(rows
            .into_iter()
            .filter_map(|row| Some((row.id.parse().ok()?, row)))
            .collect())
    }
}
