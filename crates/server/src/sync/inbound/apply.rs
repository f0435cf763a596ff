use std::collections::HashSet;

use eloops_api::MemberStatus;
use uuid::Uuid;

use super::{CHUNK, Inbound, Planned, ToDo};
use crate::{
    store::{
        StoreError,
        member_sync::{self, NewState},
        sync_changes,
    },
    sync::run::{RunError, Running},
};

impl Inbound<'_> {
    /// Applies the plan chunk by chunk. A chunk that the database refuses is tried again one by one, so that one bad
    /// record stops nobody else; gives the members that were refused.
    pub(super) async fn apply(
        &self,
        running: &mut Running<'_>,
        planned: &Planned,
    ) -> Result<HashSet<Uuid>, RunError> {
        let mut failed = HashSet::new();
        for chunk in planned.steps.chunks(CHUNK) {
            running.check_stop()?;
            match self.apply_together(running, chunk).await {
                Ok(()) => running.applied += i64::try_from(chunk.len()).unwrap_or(0),
                Err(error) if is_about_a_record(&error) => {
                    for step in chunk {
                        self.apply_alone(running, step, &mut failed).await?;
                    }
                }
                Err(error) => return Err(error),
            }
            running.progress.advance(chunk.len() as u64);
        }
        for chunk in planned.unseen.chunks(CHUNK) {
            let mut tx = running.write().await?;
            member_sync::touch(&mut tx, chunk).await?;
            tx.commit().await?;
        }
        Ok(failed)
    }

    async fn apply_alone(
        &self,
        running: &mut Running<'_>,
        step: &ToDo,
        failed: &mut HashSet<Uuid>,
    ) -> Result<(), RunError> {
        match self
            .apply_together(running, std::slice::from_ref(step))
            .await
        {
            Ok(()) => running.applied += 1,
            Err(RunError::Store(error)) if is_about_a_record_in_the_store(&error) => {
                failed.insert(step.id);
                running.failed += 1;
                let mut tx = running.write().await?;
                let reason = "the database refused this record; the server's log says why";
                tracing::error!(run = %running.run.id, seq = step.seq, ?error, "a record was refused");
                sync_changes::fail(&mut tx, &running.run.id, step.seq, reason).await?;
                tx.commit().await?;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// One transaction: the members, the sessions of those who leave, and the changes' outcome.
    async fn apply_together(&self, running: &Running<'_>, chunk: &[ToDo]) -> Result<(), RunError> {
        let old = self
            .old_rows(running, chunk.iter().filter_map(|step| step.member))
            .await?;
        let members: Vec<NewState> = chunk
            .iter()
            .map(|to_do| {
                let (status, hash) = (to_do.step.status, to_do.step.hash);
                let before = old.get(&to_do.id);
                let (_, row) = self.row(running, to_do.worker, status, &to_do.id, before);
                NewState { row, hash }
            })
            .collect();
        // Also of those who come back: nothing from before the leave opens a door again.
        let left = |id: &str| {
            let before = id.parse().ok().and_then(|id: Uuid| old.get(&id));
            before.is_some_and(|before| before.status == MemberStatus::Inactive)
        };
        let gone: Vec<&str> = members
            .iter()
            .map(|member| (&*member.row.id, member.row.status))
            .filter(|(id, status)| *status == MemberStatus::Inactive || left(id))
            .map(|(id, _)| id)
            .collect();
        let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else {
            return Ok(());
        };
        let mut tx = running.write().await?;
        member_sync::upsert(&mut tx, &members, running.tools.clock.micros()).await?;
        member_sync::end_sessions(&mut tx, &gone).await?;
        sync_changes::mark_applied(&mut tx, &running.run.id, first.seq, last.seq).await?;
        tx.commit().await?;
        Ok(())
    }
}

fn is_about_a_record(error: &RunError) -> bool {
    matches!(error, RunError::Store(error) if is_about_a_record_in_the_store(error))
}

/// Whether the database refused what was written, rather than being gone.
fn is_about_a_record_in_the_store(error: &StoreError) -> bool {
    matches!(error, StoreError::Database(sqlx::Error::Database(refused)) if {
        refused.is_unique_violation()
            || refused.is_foreign_key_violation()
            || refused.is_check_violation()
            // PostgreSQL's text has no NUL (SQLSTATE 22021).
            || refused.code().is_some_and(|code| code.starts_with("22"))
    })
}
