use eloops_api::{Action, Direction, RunState, SyncChange, SyncRun};

use crate::store::page::PageRequest;
use crate::store::sync_changes::{self, ChangeFilter};
use crate::store::{Store, StoreError};

/// A dry run lists so many changes here; the API lists all.
const SHOWN: u32 = 50;

/// One run in one line.
pub(super) fn run(run: &SyncRun) -> String {
    let way = match run.direction {
        Direction::In => "in",
        Direction::Out => "out",
    };
    let counts = run.counts;
    let parts: Vec<String> = [
        (counts.create, "created"),
        (counts.update, "updated"),
        (counts.deactivate, "deactivated"),
        (counts.reactivate, "reactivated"),
        (counts.write, "written to Talent"),
        (counts.skip, "skipped"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect();
    let counts = if parts.is_empty() {
        "nothing to change".to_owned()
    } else {
        parts.join(", ")
    };
    let planned = if run.dry_run { " (planned only)" } else { "" };
    let state = match run.state {
        RunState::Done => "done",
        RunState::Held => "held",
        RunState::Partial => "partly done",
        _ => "failed",
    };
    let why = run.error.as_deref().or(run.held_because.as_deref());
    let why = why.map_or_else(String::new, |why| format!("\n  {why}"));
    format!("{way}: {state}: {counts}{planned}{why}")
}

/// The changes a dry run planned, one a line.
pub(super) async fn planned(store: &Store, run: &SyncRun) -> Result<Vec<String>, StoreError> {
    let mut conn = store.read().await?;
    let first = PageRequest {
        limit: Some(SHOWN),
        cursor: None,
    };
    let page = sync_changes::list(&mut conn, &run.id, &ChangeFilter::default(), &first).await?;
    let mut lines: Vec<String> = page.items.iter().map(line).collect();
    if page.next_cursor.is_some() {
        lines.push(format!(
            "  … and more: GET /api/v1/talent/sync-runs/{}/changes",
            run.id
        ));
    }
    Ok(lines)
}

fn line(change: &SyncChange) -> String {
    let action = match change.action {
        Action::Create => "create",
        Action::Update => "update",
        Action::Deactivate => "deactivate",
        Action::Reactivate => "reactivate",
        Action::Write => "write",
        Action::Skip => "skip",
    };
    let fields: Vec<String> = change
        .fields
        .iter()
        .map(|field| {
            let side = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
            format!(
                "{}: {} → {}",
                field.name,
                side(&field.old),
                side(&field.new)
            )
        })
        .collect();
    let reason = change.reason.as_deref().unwrap_or_default();
    format!(
        "  {:<10} {action:<10} {} {reason}",
        change.worker_number,
        fields.join(", ")
    )
    .trim_end()
    .to_owned()
}
