use eloops_talent::{Changes, OutOfRange, TalentError, patch_worker, read_written};
use futures_util::{StreamExt, stream};

use super::{Outbound, plan::Write};
use crate::{
    store::{
        links::Link,
        outbound::{self, NewLink},
        outbox::{self, Topic},
        sync_changes,
    },
    sync::run::{RunError, Running},
    talent_client::CallError,
};

/// PATCHes under way at the same time. Microsoft: single requests, several at once, are fastest; start small.
const LANES: usize = 6;
/// Writes between two notes in the database.
const CHUNK: usize = 240;

impl Outbound<'_> {
    /// Sends the writes, several at a time; one refusal stops no other.
    pub(super) async fn apply(
        &self,
        running: &mut Running<'_>,
        writes: &[Write],
    ) -> Result<(), RunError> {
        let mut seq = 0;
        for chunk in writes.chunks(CHUNK) {
            running.check_stop()?;
            self.announce(running, chunk).await?;
            let shared = &*running;
            let calls: Vec<_> = chunk.iter().map(|write| self.send(shared, write)).collect();
            let results: Vec<Result<(), CallError>> =
                stream::iter(calls).buffered(LANES).collect().await;
            self.confirm(running, chunk, &results, seq).await?;
            seq += i64::try_from(chunk.len()).unwrap_or(0);
            let refused = results.iter().find_map(|result| result.as_ref().err());
            if let Some(CallError::Token(error)) = refused {
                // Without a token nothing else will go through either.
                return Err(RunError::Told(error.to_string()));
            }
        }
        Ok(())
    }

    /// Notes what is about to be sent.
    async fn announce(&self, running: &Running<'_>, chunk: &[Write]) -> Result<(), RunError> {
        let links: Vec<NewLink> = chunk
            .iter()
            .map(|write| {
                let wanted = self.wanted(write);
                NewLink {
                    sent: (wanted[0], wanted[1]),
                    ..self.unwritten(write)
                }
            })
            .collect();
        let mut tx = running.write().await?;
        let now = running.tools.clock.micros();
        outbound::upsert(&mut tx, &running.tools.network_id, &links, now).await?;
        Ok(tx.commit().await?)
    }

    async fn send(&self, running: &Running<'_>, write: &Write) -> Result<(), CallError> {
        let changes = self.body(write).map_err(TalentError::from)?;
        let number = &self.figures[write.member as usize].number;
        let talent = &running.tools.talent;
        let request = patch_worker(talent.root(), number, &changes, None);
        let result = talent.send(&request, read_written).await;
        running.progress.advance(1);
        result
    }

    fn body(&self, write: &Write) -> Result<Changes, OutOfRange> {
        let mut changes = Changes::new();
        for (field, value) in self.fields.iter().zip(self.wanted(write)) {
            if let Some(value) = value {
                changes = changes.set(field, value)?;
            }
        }
        Ok(changes)
    }

    /// Notes what became of a chunk.
    async fn confirm(
        &self,
        running: &mut Running<'_>,
        chunk: &[Write],
        results: &[Result<(), CallError>],
        first: i64,
    ) -> Result<(), RunError> {
        let now = running.tools.clock.now();
        let network_id = &running.tools.network_id;
        let mut tx = running.write().await?;
        let mut links = Vec::with_capacity(chunk.len());
        let mut written = Vec::with_capacity(chunk.len());
        let mut failed = 0;
        for (seq, (write, result)) in (first..).zip(chunk.iter().zip(results)) {
            match result {
                Ok(()) => {
                    links.push(self.written(write, now.as_microsecond()));
                    written.push(self.figures[write.member as usize].id.to_string());
                }
                Err(error) => {
                    failed += 1;
                    sync_changes::fail(&mut tx, &running.run.id, seq, &error.to_string()).await?;
                    // An answer that was lost may belong to a write that was done; what was sent stays noted.
                    if !error.is_retryable() {
                        links.push(self.unwritten(write));
                    }
                }
            }
        }
        outbound::upsert(&mut tx, network_id, &links, now.as_microsecond()).await?;
        outbox::append_all(&mut tx, network_id, Topic::Talent, &written, now).await?;
        let last = first + i64::try_from(chunk.len()).unwrap_or(0) - 1;
        sync_changes::mark_applied(&mut tx, &running.run.id, first, last).await?;
        tx.commit().await?;
        running.failed += failed;
        running.applied += i64::try_from(chunk.len()).unwrap_or(0) - failed;
        Ok(())
    }

    /// The values to be written: only of fields that differ.
    fn wanted(&self, write: &Write) -> [Option<i64>; 2] {
        let figures = &self.figures[write.member as usize];
        let [coins, uploads] = &write.old;
        [
            coins.as_ref().map(|_| figures.coins),
            uploads.as_ref().map(|_| figures.uploads),
        ]
    }

    /// The link as it was before the write.
    fn unwritten(&self, write: &Write) -> NewLink {
        let figures = &self.figures[write.member as usize];
        NewLink {
            member_id: figures.id,
            link: Link {
                talent_coins: write.shown[0],
                talent_uploads: write.shown[1],
                last_written_coins: write.written[0],
                last_written_uploads: write.written[1],
                written_at: figures.link.as_ref().and_then(|link| link.written_at),
            },
            sent: (None, None),
        }
    }

    /// The link after the write.
    fn written(&self, write: &Write, now: i64) -> NewLink {
        let mut new = self.unwritten(write);
        let [coins, uploads] = self.wanted(write);
        if coins.is_some() {
            new.link.talent_coins = coins;
            new.link.last_written_coins = coins;
        }
        if uploads.is_some() {
            new.link.talent_uploads = uploads;
            new.link.last_written_uploads = uploads;
        }
        new.link.written_at = Some(now);
        new
    }
}
