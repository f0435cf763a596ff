//! Talent to Eloops: workers become members.
//!
//! Read everything, decide for everybody ([`plan`]), record the changes, then apply them chunk by chunk, and
//! at last link the managers. The plan is complete before the first member is touched.

mod apply;
mod fields;
mod managers;
mod one;
mod plan;
mod read;
mod rows;
mod skip;
mod target;

use std::collections::{HashMap, HashSet};

use eloops_api::{Action, Outcome, SyncChange};
use eloops_talent::{Read, Shape, join::Company};
use uuid::Uuid;

use self::{
    fields::Identity,
    managers::Place,
    plan::{Step, plan},
    rows::Rows,
    target::Target,
};
use super::{
    progress::Stage,
    run::{RunError, Running, skipped},
};
use crate::{
    ids::new_uuid,
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
    let mut sync = Inbound {
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
    /// Works out every step's fields and records the changes.
    async fn record(
        &mut self,
        running: &mut Running<'_>,
        steps: Vec<Step>,
    ) -> Result<Planned, RunError> {
        let mut planned = Planned::default();
        for chunk in steps.chunks(CHUNK) {
            running.check_stop()?;
            let old = self
                .old_rows(running, chunk.iter().filter_map(|step| step.member))
                .await?;
            let mut changes = Vec::with_capacity(chunk.len());
            let mut to_do = Vec::with_capacity(chunk.len());
            for step in chunk {
                match self.change(running, step, &old) {
                    Some((change, id)) => {
                        if let (Some(worker), Some(status), Some(id)) =
                            (step.worker, step.status, id)
                        {
                            let step_kind = StepKind {
                                status,
                                hash: step.hash,
                            };
                            let at = i64::try_from(changes.len()).unwrap_or(0);
                            let member = step.member;
                            to_do.push(ToDo {
                                worker,
                                id,
                                member,
                                step: step_kind,
                                seq: at,
                            });
                        }
                        changes.push(change);
                    }
                    None => {
                        let member = step.member.map(|at| &self.members[at as usize]);
                        planned
                            .unseen
                            .extend(member.map(|member| (member.id, step.hash)));
                    }
                }
            }
            let first = running.record(&changes).await?;
            planned.steps.extend(to_do.into_iter().map(|to_do| ToDo {
                seq: first + to_do.seq,
                ..to_do
            }));
            running.progress.advance(chunk.len() as u64);
        }
        Ok(planned)
    }

    /// A step as a change, with the id of the member it is about; none where nothing visible differs.
    fn change(
        &self,
        running: &Running<'_>,
        step: &Step,
        old: &HashMap<Uuid, MemberRow>,
    ) -> Option<(SyncChange, Option<Uuid>)> {
        let member = step.member.map(|at| &self.members[at as usize]);
        if let Some(skip) = &step.skip {
            let number = match (step.worker, member, &**skip) {
                (Some(at), _, _) => &self.rows.workers[at as usize].personnel_number,
                (None, Some(member), _) => &member.number,
                (None, None, skip::Skip::Unknown(number)) => number,
                (None, None, skip::Skip::Unreadable(row)) => {
                    return Some((
                        skipped(
                            row.number.as_deref().unwrap_or_default().to_owned(),
                            skip.to_string(),
                        ),
                        None,
                    ));
                }
                (None, None, _) => return None,
            };
            return Some((skipped(number.to_string(), skip.to_string()), None));
        }
        let now = running.tools.clock.now();
        let id = member.map_or_else(|| new_uuid(now), |member| member.id);
        let before = member.and_then(|member| old.get(&member.id));
        let (target, row) = self.row(running, step.worker?, step.status?, &id, before);
        let fields = fields::differing(before, &row);
        if fields.is_empty() {
            return None;
        }
        let change = SyncChange {
            worker_number: row.worker_number,
            action: step.action,
            fields,
            reason: reason(&target, step.action),
            outcome: Outcome::Planned,
        };
        Some((change, Some(id)))
    }

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

    /// The second pass.
    async fn link(
        &self,
        running: &Running<'_>,
        planned: &Planned,
        failed: &HashSet<Uuid>,
    ) -> Result<(), RunError> {
        let number = |at: u32| &*self.rows.workers[at as usize].personnel_number;
        let mut ids: HashMap<&str, Uuid> = self
            .members
            .iter()
            .map(|member| (&*member.number, member.id))
            .collect();
        let made = planned
            .steps
            .iter()
            .filter(|step| !failed.contains(&step.id));
        ids.extend(made.map(|step| (number(step.worker), step.id)));
        let states: HashMap<Uuid, &MemberState> = self
            .members
            .iter()
            .map(|member| (member.id, member))
            .collect();
        let places: Vec<Place<'_>> = self
            .rows
            .workers
            .iter()
            .filter(|worker| {
                self.rows
                    .only
                    .as_deref()
                    .is_none_or(|only| only == &*worker.personnel_number)
            })
            .filter_map(|worker| {
                let id = *ids.get(&*worker.personnel_number)?;
                let linked = states
                    .get(&id)
                    .map_or((None, None), |state| (state.manager_id, state.line_problem));
                let line = self.company.record(worker).line;
                Some(Place {
                    number: &worker.personnel_number,
                    id,
                    line,
                    linked,
                })
            })
            .collect();
        let links = managers::links(&places, &ids);
        for chunk in links.chunks(CHUNK) {
            let mut tx = running.write().await?;
            member_sync::link(&mut tx, chunk).await?;
            tx.commit().await?;
        }
        let broken = links.iter().filter(|link| link.problem.is_some()).count();
        tracing::info!(run = %running.run.id, links = links.len(), broken, "reporting lines linked");
        Ok(())
    }
}

/// What an administrator should know beside the fields.
fn reason(target: &Target<'_>, action: Action) -> Option<String> {
    use eloops_talent::join::{Line, Standing};
    let mut notes: Vec<&str> = Vec::new();
    match (action, target.standing) {
        (Action::Deactivate, _) if target.worker.worker_status.as_str() == "Terminated" => {
            notes.push("terminated in Talent");
        }
        (Action::Deactivate, _) => notes.push("the employment has ended"),
        (Action::Reactivate, Standing::Pending(_)) => {
            notes.push("rehired; the employment begins later")
        }
        (Action::Reactivate, _) => notes.push("rehired; balance and history are kept"),
        (Action::Create, Standing::Pending(_)) => notes.push("the employment begins later"),
        _ => {}
    }
    if action != Action::Deactivate
        && let Line::Broken(broken) = target.line
    {
        notes.push(broken.as_str());
    }
    if action != Action::Create && target.email().is_none() && target.phone().is_none() {
        notes.push("Talent has no e-mail or phone any more; the last ones are kept");
    }
    (!notes.is_empty()).then(|| notes.join("; "))
}
