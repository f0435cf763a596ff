use std::collections::HashMap;

use eloops_api::{Outcome, SyncChange};
use uuid::Uuid;

use super::{
    CHUNK, Inbound, Planned, StepKind, ToDo, fields, plan::Step, reason::reason, skip::Skip,
};
use crate::{
    ids::new_uuid,
    store::members::MemberRow,
    sync::run::{RunError, Running, skipped},
};

impl Inbound<'_> {
    /// Works out every step's fields and records the changes.
    pub(super) async fn record(
        &self,
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
                (None, None, Skip::Unknown(number)) => number,
                (None, None, Skip::Unreadable(row)) => {
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
}
