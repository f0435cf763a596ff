use std::ops::Range;

use super::part::{Answer, Part};
use super::{Batch, Outcome, multipart, part};
use crate::error::success;
use crate::{Refusal, Response, TalentError};

impl Batch {
    /// What became of each operation, in the order they were added.
    ///
    /// An answer belongs to the operation whose `Content-ID` it carries; without one, to the change set
    /// in the same place. A change set that is refused is answered once for all of its operations.
    ///
    /// # Errors
    /// The batch as a whole was refused, or its answer is no multipart body.
    pub fn read(&self, response: &Response) -> Result<Vec<Outcome>, TalentError> {
        let body = &success(response)?.body;
        let boundary = response
            .content_type
            .as_deref()
            .and_then(multipart::boundary);
        let Some(boundary) = boundary.or_else(|| multipart::first_boundary(body)) else {
            return Err(TalentError::unreadable("it is no multipart body", response));
        };
        let mut outcomes = vec![Outcome::Unanswered; self.len()];
        let sets: Vec<_> = self.sets().collect();
        for (at, bytes) in multipart::parts(body, boundary).into_iter().enumerate() {
            let here = sets.get(at).cloned().unwrap_or_default();
            match part::read(bytes) {
                Some(Part::Set(answers)) => several(&answers, here, &mut outcomes),
                Some(Part::One(answer)) => one(&answer, here, &sets, &mut outcomes),
                None => {}
            }
        }
        for set in sets {
            roll_back(&mut outcomes[set]);
        }
        Ok(outcomes)
    }
}

fn several(answers: &[Answer], here: Range<usize>, outcomes: &mut [Outcome]) {
    let in_order = answers.len() == here.len();
    for (at, answer) in answers.iter().enumerate() {
        let place = answer
            .id
            .map_or_else(|| in_order.then(|| here.start + at), |id| id.checked_sub(1));
        if let Some(outcome) = place.and_then(|at| outcomes.get_mut(at)) {
            *outcome = read(&answer.response);
        }
    }
}

fn one(answer: &Answer, here: Range<usize>, sets: &[Range<usize>], outcomes: &mut [Outcome]) {
    let named = answer.id.and_then(|id| id.checked_sub(1));
    let set = named.map_or(Some(here), |at| {
        sets.iter().find(|set| set.contains(&at)).cloned()
    });
    let Some(set) = set else { return };
    let outcome = read(&answer.response);
    match named {
        Some(at) => {
            if let Some(place) = outcomes.get_mut(at) {
                *place = outcome;
            }
        }
        // One success cannot speak for several operations; a refusal does.
        None if outcome == Outcome::Done && set.len() > 1 => {}
        None => outcomes[set].fill(outcome),
    }
}

fn read(response: &Response) -> Outcome {
    if response.is_success() {
        Outcome::Done
    } else {
        Outcome::Refused(Box::new(Refusal::read(response)))
    }
}

/// A change set is atomic: where one operation was refused, no other was written.
fn roll_back(set: &mut [Outcome]) {
    if set
        .iter()
        .any(|outcome| matches!(outcome, Outcome::Refused(_)))
    {
        for outcome in set {
            if !matches!(outcome, Outcome::Refused(_)) {
                *outcome = Outcome::RolledBack;
            }
        }
    }
}
