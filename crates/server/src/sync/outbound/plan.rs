//! The outbound plan: a pure function of Eloops' figures and Talent's rows.

use std::collections::HashSet;

use eloops_api::TalentState;
use eloops_talent::{FieldValue, WorkerFields};

use super::by_number;
use crate::{
    store::{
        links::{Link, field_state},
        outbound::{Figures, NewLink},
    },
    sync::inbound::BadRow,
};

/// What is to be written, noted and left alone.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) writes: Vec<Write>,
    /// What Talent shows, where Eloops did not know it yet.
    pub(super) known: Vec<Known>,
    /// Personnel numbers with the reason.
    pub(super) skips: Vec<(Box<str>, Box<str>)>,
}

/// One worker's PATCH.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Write {
    /// Index into the figures.
    pub(super) member: u32,
    /// What Talent holds in the coins and in the uploads field, where that is to be replaced.
    pub(super) old: [Option<FieldValue>; 2],
    /// The whole numbers Talent holds now, replaced or not.
    pub(super) shown: [Option<i64>; 2],
    /// What Eloops wrote there last, as far as can be told.
    pub(super) written: [Option<i64>; 2],
    /// Talent holds something that Eloops did not write.
    pub(super) drift: bool,
}

/// What Talent shows of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    /// Index into the figures.
    pub(super) member: u32,
    pub(super) shown: [Option<i64>; 2],
    /// What Eloops wrote there last, as far as can be told.
    pub(super) written: [Option<i64>; 2],
}

/// Compares every member's figures with what Talent holds.
pub(super) fn plan(figures: &[Figures], rows: &[WorkerFields], bad: &[BadRow]) -> Plan {
    let rows = by_number(rows);
    let unreadable: HashSet<&str> = bad.iter().filter_map(|row| row.number.as_deref()).collect();
    let mut plan = Plan::default();
    for (at, figure) in (0_u32..).zip(figures) {
        if unreadable.contains(&*figure.number) {
            continue;
        }
        let Some(row) = rows.get(&*figure.number) else {
            plan.skips.push((
                figure.number.clone(),
                "Talent has no worker with this number".into(),
            ));
            continue;
        };
        one(&mut plan, at, figure, row);
    }
    for row in bad {
        let number = row.number.clone().unwrap_or_default();
        plan.skips.push((
            number,
            format!("a row of {} cannot be read: {}", row.set, row.reason).into(),
        ));
    }
    plan
}

fn one(plan: &mut Plan, member: u32, figure: &Figures, row: &WorkerFields) {
    let wanted = [figure.coins, figure.uploads];
    let link = figure.link.clone().unwrap_or_default();
    let last = [link.last_written_coins, link.last_written_uploads];
    let sent = [figure.sent.0, figure.sent.1];
    let mut shown = [None; 2];
    let mut written = [None; 2];
    let mut old = [None, None];
    let mut drift = false;
    for at in 0..2 {
        let value = row.values.get(at).unwrap_or(&FieldValue::Empty);
        shown[at] = value.whole();
        // A write whose answer was lost has reached Talent when its value stands there; and a value that is just
        // right is taken as ours, whoever wrote it.
        let ours = shown[at].is_some() && (shown[at] == sent[at] || shown[at] == Some(wanted[at]));
        written[at] = if ours { shown[at] } else { last[at] };
        let odd = matches!(value, FieldValue::Other(_));
        let state = field_state(shown[at], written[at], wanted[at]);
        let blank = *value == FieldValue::Empty && wanted[at] == 0 && written[at].is_none();
        if state == TalentState::InSync || blank {
            continue;
        }
        drift |= odd || state == TalentState::Drift;
        old[at] = Some(value.clone());
    }
    let known = [link.talent_coins, link.talent_uploads];
    let news = figure.link.is_none() || shown != known || written != last || sent != [None, None];
    if news {
        plan.known.push(Known {
            member,
            shown,
            written,
        });
    }
    if old.iter().any(Option::is_some) {
        plan.writes.push(Write {
            member,
            old,
            shown,
            written,
            drift,
        });
    }
}

impl Known {
    /// As the database keeps it.
    pub(super) fn link(&self, figures: &[Figures]) -> NewLink {
        let figure = &figures[self.member as usize];
        NewLink {
            member_id: figure.id,
            link: Link {
                talent_coins: self.shown[0],
                talent_uploads: self.shown[1],
                last_written_coins: self.written[0],
                last_written_uploads: self.written[1],
                written_at: figure.link.as_ref().and_then(|link| link.written_at),
            },
            sent: (None, None),
        }
    }
}

#[cfg(test)]
mod tests;
