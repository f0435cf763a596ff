use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{
    CHUNK, Inbound, Planned,
    managers::{self, Place},
};
use crate::{
    store::member_sync::{self, MemberState},
    sync::run::{RunError, Running},
};

impl Inbound<'_> {
    /// The second pass.
    pub(super) async fn link(
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
