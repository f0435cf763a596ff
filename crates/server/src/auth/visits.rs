//! Who is looking at whom just now: what keeps the trail of `GET /me/views` cheap.
//!
//! Looks come by the dozen: a card asks for the numbers, for each thumbnail, and again every few seconds. Looks of
//! one viewer at one member without a pause of [`PAUSE`] are one visit. Its first look is written before the answer
//! goes out, and when that fails there is no answer: nobody is looked at without a trail. After that memory
//! knows the visit, and its last look is written every [`WRITE_EVERY`] at most, by a later look or by
//! [`Visits::settle`]. What a crash loses is at most these minutes of a visit's end.
//!
//! Several servers on one database each have a memory of their own: a look that memory does not know asks the
//! database first, and goes on with the visit that another server began.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use eloops_api::{LookedAt, ViewerAs};
use jiff::Timestamp;

use crate::store::views::{self, Viewer, Visit};
use crate::store::{Result, Store};

/// A visit ends when this passes without a look: microseconds of half an hour.
pub const PAUSE: i64 = 30 * 60 * 1_000_000;
/// The last look of a visit under way is written this often: microseconds of five minutes.
pub const WRITE_EVERY: i64 = 5 * 60 * 1_000_000;

/// See the module.
#[derive(Default)]
pub struct Visits {
    /// One turn for each viewer, so that parallel first looks are written once.
    viewers: Mutex<HashMap<Key, Turn>>,
}

/// Network and viewer.
type Key = (String, String);
type Turn = Arc<tokio::sync::Mutex<HashMap<Look, Running>>>;

#[derive(PartialEq, Eq, Hash)]
struct Look {
    member_id: String,
    viewer_as: ViewerAs,
    looked_at: LookedAt,
}

/// A visit under way. Times are microseconds since 1970.
struct Running {
    view_id: String,
    last_at: i64,
    /// The last look that stands in the database.
    written_at: i64,
}

impl Running {
    fn is_unwritten(&self) -> bool {
        self.last_at > self.written_at
    }

    fn visit(&self, member_id: &str) -> Visit {
        Visit {
            id: self.view_id.clone(),
            member_id: member_id.to_owned(),
            last_at: self.last_at,
        }
    }
}

impl Visits {
    /// Notes a look at each of `member_ids`.
    ///
    /// # Errors
    /// When a visit begins and cannot be written: then the caller must not answer.
    pub async fn look(
        &self,
        store: &Store,
        viewer: Viewer<'_>,
        member_ids: &[&str],
        now: Timestamp,
    ) -> Result<()> {
        let at = now.as_microsecond();
        let turn = self.turn(viewer);
        let mut running = turn.lock().await;
        let mut begins = Vec::new();
        let mut due = Vec::new();
        for member_id in member_ids {
            match running.get_mut(&look(viewer, member_id)) {
                Some(visit) if at - visit.last_at < PAUSE => {
                    visit.last_at = visit.last_at.max(at);
                    if visit.last_at - visit.written_at >= WRITE_EVERY {
                        due.push(*member_id);
                    }
                }
                _ => begins.push(*member_id),
            }
        }
        if !begins.is_empty() {
            let mut tx = store.write().await?;
            let visits = views::look(&mut tx, viewer, &begins, PAUSE, now).await?;
            tx.commit().await?;
            for visit in visits {
                let begun = Running {
                    view_id: visit.id,
                    last_at: at,
                    written_at: at,
                };
                running.insert(look(viewer, &visit.member_id), begun);
            }
        }
        if !due.is_empty() {
            let due = |seen: &Look, _: &Running| due.contains(&seen.member_id.as_str());
            // The visit itself stands in the trail already; its end can be written later.
            if let Err(error) = write(store, &mut running, due).await {
                tracing::warn!(%error, "the end of a visit could not be written; next try in a moment");
            }
        }
        Ok(())
    }

    /// Writes what is due, and forgets visits that have ended. `everything`, before the server stops, also what is
    /// not due yet.
    ///
    /// # Errors
    /// When the database fails; what was not written stays for the next time.
    pub async fn settle(&self, store: &Store, now: Timestamp, everything: bool) -> Result<()> {
        let at = now.as_microsecond();
        let turns: Vec<Turn> = self.lock().values().cloned().collect();
        for turn in turns {
            let mut running = turn.lock().await;
            let due =
                |_: &Look, visit: &Running| everything || at - visit.written_at >= WRITE_EVERY;
            write(store, &mut running, due).await?;
            running.retain(|_, visit| at - visit.last_at < PAUSE || visit.is_unwritten());
        }
        // Nobody can take a turn while this is locked, so that one which only the map holds is free.
        self.lock().retain(|_, turn| {
            Arc::strong_count(turn) > 1
                || turn.try_lock().map_or(true, |running| !running.is_empty())
        });
        Ok(())
    }

    fn turn(&self, viewer: Viewer<'_>) -> Turn {
        let key = (viewer.network_id.to_owned(), viewer.id.to_owned());
        Arc::clone(self.lock().entry(key).or_default())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, Turn>> {
        self.viewers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn look(viewer: Viewer<'_>, member_id: &str) -> Look {
    Look {
        member_id: member_id.to_owned(),
        viewer_as: viewer.viewer_as,
        looked_at: viewer.looked_at,
    }
}

/// Writes the last looks that are not written yet, of the visits that are due.
async fn write(
    store: &Store,
    running: &mut HashMap<Look, Running>,
    due: impl Fn(&Look, &Running) -> bool,
) -> Result<()> {
    let mut written: Vec<&mut Running> = Vec::new();
    let mut visits = Vec::new();
    for (seen, visit) in running.iter_mut() {
        if visit.is_unwritten() && due(seen, visit) {
            visits.push(visit.visit(&seen.member_id));
            written.push(visit);
        }
    }
    if visits.is_empty() {
        return Ok(());
    }
    let mut tx = store.write().await?;
    views::go_on(&mut tx, &visits).await?;
    tx.commit().await?;
    for visit in written {
        visit.written_at = visit.last_at;
    }
    Ok(())
}
