//! The second pass: who reports to whom, once all members are there.
//!
//! Members in a loop are not linked, so that every line ends; nor are those whose manager is no member. They
//! stay members like everybody else, with a note why their line is broken.

use std::collections::HashMap;

use eloops_talent::join::{Break, Line, circles};
use uuid::Uuid;

use crate::store::member_sync::{LineLink, LineProblem};

/// One member who is in the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place<'f> {
    pub(super) number: &'f str,
    pub(super) id: Uuid,
    pub(super) line: Line<'f>,
    /// As it stands in the database.
    pub(super) linked: (Option<Uuid>, Option<LineProblem>),
}

/// The links that have to change. `ids` gives the member of a personnel number.
pub(super) fn links<'f>(places: &[Place<'f>], ids: &HashMap<&'f str, Uuid>) -> Vec<LineLink> {
    let managers: HashMap<&str, &str> = places
        .iter()
        .filter_map(|place| Some((place.number, place.line.manager()?)))
        .collect();
    let looped = circles(&managers);
    places
        .iter()
        .filter_map(|place| {
            let (manager_id, problem) = match place.line {
                _ if looped.contains(place.number) => (None, Some(LineProblem::Loop)),
                Line::Top => (None, None),
                Line::Manager { number, .. } => match ids.get(number) {
                    Some(manager) => (Some(*manager), None),
                    None => (None, Some(LineProblem::Orphan)),
                },
                Line::Broken(broken) => (None, Some(problem(broken))),
            };
            ((manager_id, problem) != place.linked).then_some(LineLink {
                id: place.id,
                manager_id,
                problem,
            })
        })
        .collect()
}

fn problem(broken: Break) -> LineProblem {
    match broken {
        Break::NoPosition => LineProblem::NoPosition,
        Break::UnknownPosition => LineProblem::UnknownPosition,
        Break::Vacant => LineProblem::Vacant,
        Break::Circle => LineProblem::Loop,
    }
}

#[cfg(test)]
mod tests;
