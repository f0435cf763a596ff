//! The inbound plan: a pure function of what was read, the members there are, and the day.

use std::collections::HashMap;

use eloops_api::{Action, MemberStatus};
use eloops_talent::{
    Day, Worker,
    join::{Company, Line, Standing},
};

use super::{
    rows::Rows,
    skip::{Skip, missing},
    target::Target,
};
use crate::store::member_sync::MemberState;

/// What becomes of one worker or member. Small, since there is one for each at the first sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Index into the feed's workers; none for a member who is not in the feed, and for unreadable rows.
    pub(crate) worker: Option<u32>,
    /// Index into the members; none for a new one.
    pub(crate) member: Option<u32>,
    /// What is done. An [`Action::Update`] turns out to be nothing where no visible field differs.
    pub(crate) action: Action,
    /// The member's status afterwards; none for a skip.
    pub(crate) status: Option<MemberStatus>,
    /// Hash of the worker's fields.
    pub(crate) hash: i64,
    /// Why nothing is done.
    pub(crate) skip: Option<Box<Skip>>,
}

/// Decides for every worker and every member. Unchanged members get no step. The steps follow the feed;
/// members who are not in it come last.
pub(crate) fn plan(
    rows: &Rows,
    company: &Company<'_>,
    members: &[MemberState],
    grace_days: Option<u64>,
) -> Vec<Step> {
    let by_number: HashMap<&str, u32> = (0_u32..)
        .zip(members)
        .map(|(at, member)| (&*member.number, at))
        .collect();
    let blocked = blocked(rows);
    let accounts = shared_accounts(rows, company);
    let bad_positions = rows.bad.iter().any(|row| row.set == "Positions");
    let mut seen = vec![false; members.len()];
    let mut steps = Vec::new();

    for (at, worker) in (0_u32..).zip(&rows.workers) {
        if rows
            .only
            .as_deref()
            .is_some_and(|only| only != &*worker.personnel_number)
        {
            // Managers were read to find the line; the run is not about them.
            continue;
        }
        let member_at = by_number.get(&*worker.personnel_number).copied();
        let member = member_at.map(|at| &members[at as usize]);
        if let Some(at) = member_at {
            seen[at as usize] = true;
        }
        let target = Target::from(company.record(worker));
        let decision = match blocked.get(&*worker.personnel_number) {
            Some(skip) => Decision::Skip(skip.clone()),
            None => decide(&target, member, &accounts, bad_positions),
        };
        let step = |action, status, skip| Step {
            worker: Some(at),
            member: member_at,
            action,
            status,
            hash: target.hash(),
            skip,
        };
        match decision {
            Decision::Keep => {}
            Decision::Skip(skip) => steps.push(step(Action::Skip, None, Some(Box::new(skip)))),
            Decision::Do(action, status) => steps.push(step(action, Some(status), None)),
        }
    }
    for row in &rows.bad {
        let member = row
            .number
            .as_deref()
            .and_then(|number| by_number.get(number).copied());
        if row.set == "Workers" {
            if let Some(at) = member {
                seen[at as usize] = true;
            }
            steps.push(skip(member, Skip::Unreadable(row.clone())));
        } else if row.number.is_none() {
            steps.push(skip(None, Skip::Unreadable(row.clone())));
        }
    }
    for (at, member) in (0_u32..).zip(members) {
        let wanted = rows
            .only
            .as_deref()
            .is_none_or(|only| only == &*member.number);
        if !seen[at as usize] && member.status != MemberStatus::Inactive && wanted {
            steps.push(skip(Some(at), Skip::NotInFeed { grace_days }));
        }
    }
    if let Some(only) = &rows.only
        && steps.is_empty()
        && !rows
            .workers
            .iter()
            .any(|worker| &*worker.personnel_number == only.as_str())
        && !by_number.contains_key(only.as_str())
    {
        steps.push(skip(None, Skip::Unknown(only.as_str().into())));
    }
    steps
}

fn skip(member: Option<u32>, skip: Skip) -> Step {
    Step {
        worker: None,
        member,
        action: Action::Skip,
        status: None,
        hash: 0,
        skip: Some(Box::new(skip)),
    }
}

enum Decision {
    Keep,
    Skip(Skip),
    Do(Action, MemberStatus),
}

fn decide(
    target: &Target<'_>,
    member: Option<&MemberState>,
    accounts: &HashMap<u128, [&str; 2]>,
    bad_positions: bool,
) -> Decision {
    let status = match target.standing {
        Standing::Pending(_) => MemberStatus::Pending,
        Standing::Active(_) => MemberStatus::Active,
        Standing::Ended(_) => MemberStatus::Inactive,
        Standing::Unclear(word) => return Decision::Skip(Skip::UnclearStatus(word.into())),
    };
    // Ending access comes first: whatever else is wrong with the row, someone who left has left.
    if status == MemberStatus::Inactive {
        return match member {
            None => Decision::Skip(Skip::LeftBefore),
            Some(member) if member.status != status => Decision::Do(Action::Deactivate, status),
            Some(member) if member.hash != target.hash() => Decision::Do(Action::Update, status),
            Some(_) => Decision::Keep,
        };
    }
    let account = target.worker.object_id.map(|id| id.as_u128());
    if let Some([first, second]) = account.and_then(|account| accounts.get(&account)) {
        let other = if **first == *target.worker.personnel_number {
            second
        } else {
            first
        };
        return Decision::Skip(Skip::SharedAccount((*other).into()));
    }
    if bad_positions && matches!(target.line, Line::Broken(_)) {
        return Decision::Skip(Skip::LineUnreadable);
    }
    match member {
        None => match missing(target) {
            Some(skip) => Decision::Skip(skip),
            None => Decision::Do(Action::Create, status),
        },
        Some(member) if member.status == MemberStatus::Inactive => {
            Decision::Do(Action::Reactivate, status)
        }
        Some(member) if member.status != status || member.hash != target.hash() => {
            Decision::Do(Action::Update, status)
        }
        Some(_) => Decision::Keep,
    }
}

/// Workers who are left alone because a row that decides about them could not be read.
fn blocked(rows: &Rows) -> HashMap<&str, Skip> {
    rows.bad
        .iter()
        .filter(|row| row.set == "EmploymentsV2")
        .filter_map(|row| Some((row.number.as_deref()?, Skip::Unreadable(row.clone()))))
        .collect()
}

/// Microsoft accounts that stand at several people still employed, with the numbers of the first two. Someone
/// who left and came back under a new number shares the account with nobody.
fn shared_accounts<'f>(rows: &'f Rows, company: &Company<'f>) -> HashMap<u128, [&'f str; 2]> {
    let mut first: HashMap<u128, &Worker> = HashMap::new();
    let mut shared = HashMap::new();
    for worker in &rows.workers {
        let Some(account) = worker.object_id.map(|id| id.as_u128()) else {
            continue;
        };
        if matches!(company.standing(worker), Standing::Ended(_)) {
            continue;
        }
        if let Some(first) = first.get(&account) {
            shared
                .entry(account)
                .or_insert([&*first.personnel_number, &*worker.personnel_number]);
        } else {
            first.insert(account, worker);
        }
    }
    shared
}

/// The day as Talent's protocol counts it.
pub(crate) fn day(date: jiff::civil::Date) -> Day {
    let (year, month, day) = (date.year(), date.month(), date.day());
    // A calendar date is always a day; the first one stands in for the impossible.
    Day::from_civil(year.into(), month.unsigned_abs(), day.unsigned_abs())
        .unwrap_or_else(|| Day::from_unix_seconds(0))
}

#[cfg(test)]
mod tests;
