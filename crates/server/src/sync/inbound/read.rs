use eloops_talent::{Page, Read, Shape, Skipped, reads};

use super::rows::{BadRow, Rows};
use crate::talent_client::{CallError, TalentClient};

/// Reads every worker with what belongs to them, the sets at the same time.
pub(crate) async fn everybody(talent: &TalentClient) -> Result<Rows, (&'static str, CallError)> {
    let (workers, positions, employments, departments) = tokio::try_join!(
        whole(talent, reads::workers()),
        whole(talent, reads::positions()),
        whole(talent, reads::employments()),
        whole(talent, reads::departments()),
    )?;
    let mut rows = Rows::default();
    for (set, skipped) in [
        (workers.set, workers.skipped),
        (positions.set, positions.skipped),
        (employments.set, employments.skipped),
        (departments.set, departments.skipped),
    ] {
        rows.bad
            .extend(skipped.into_iter().map(|row| bad(set, row)));
    }
    rows.workers = workers.rows;
    rows.positions = positions.rows;
    rows.employments = employments.rows;
    rows.departments = departments.rows;
    Ok(rows)
}

pub(super) struct Whole<R> {
    set: &'static str,
    pub(super) rows: Vec<R>,
    pub(super) skipped: Vec<Skipped>,
}

/// Reads one set to its end.
pub(super) async fn whole<S: Shape>(
    talent: &TalentClient,
    read: Read<S>,
) -> Result<Whole<S::Row>, (&'static str, CallError)> {
    let set = read.set();
    let mut whole = Whole {
        set,
        rows: Vec::new(),
        skipped: Vec::new(),
    };
    talent
        .read_all(read, |page: Page<S::Row>| {
            if let Some(count) = page.count {
                // Exactly as many as will come: growing by doubling would hold twice the memory.
                let count = usize::try_from(count).unwrap_or(0).min(1_000_000);
                whole
                    .rows
                    .reserve_exact(count.saturating_sub(whole.rows.len()));
            }
            whole.rows.extend(page.rows);
            whole.skipped.extend(page.skipped);
        })
        .await
        .map_err(|error| (set, error))?;
    Ok(whole)
}

/// Keeps whose row it was, where the row says so.
pub(super) fn bad(set: &'static str, row: Skipped) -> BadRow {
    let number = row.key.as_deref().and_then(|key| match set {
        "Workers" => Some(key),
        // The key is PersonnelNumber, LegalEntityId, EmploymentId.
        "EmploymentsV2" => key.rsplitn(3, ',').nth(2),
        _ => None,
    });
    let reason = match (&row.key, number) {
        (Some(key), None) => format!("{} ({key})", row.reason).into(),
        (None, None) => format!("{} (number {} of its page)", row.reason, row.index + 1).into(),
        _ => row.reason.clone(),
    };
    BadRow {
        set,
        number: number.map(Into::into),
        reason,
    }
}
