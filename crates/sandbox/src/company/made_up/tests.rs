use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;

fn workers(size: u32, seed: u64) -> Vec<Worker> {
    company(size, seed).workers.collect()
}

#[test]
fn the_same_seed_makes_the_same_company_and_another_seed_another() {
    assert_eq!(workers(300, 7), workers(300, 7));
    assert_ne!(workers(300, 7), workers(300, 8));
}

#[test]
fn a_larger_company_begins_with_the_smaller_one() {
    let (small, large) = (workers(50, 1), workers(500, 1));
    assert_eq!(small[..], large[..50]);
}

#[test]
fn forty_workers_hold_every_common_case() {
    let workers = workers(40, 1);
    let has = |what: &str, case: &dyn Fn(&Worker) -> bool| {
        assert!(
            workers.iter().any(case),
            "expected among forty workers: {what}"
        );
    };
    let today = date(2026, 11, 22);
    has("a contractor", &|w| w.is_contractor);
    has("a leaver", &|w| {
        w.employments
            .last()
            .unwrap()
            .end
            .is_some_and(|end| end < today)
    });
    has("a future end", &|w| {
        w.employments
            .last()
            .unwrap()
            .end
            .is_some_and(|end| end > today)
    });
    has("a future hire", &|w| {
        w.employments.last().unwrap().start > today
    });
    has("a rehire", &|w| w.employments.len() == 2);
    has("no e-mail", &|w| {
        w.email.is_empty() && w.sign_in_name.is_empty()
    });
    has("a single name", &|w| w.last_name.is_empty());
    has("a long name", &|w| w.full_name().chars().count() >= 100);
    has("a name beyond the basic plane", &|w| {
        w.full_name().chars().any(|c| c > '\u{ffff}')
    });
    has("a combining accent", &|w| {
        w.full_name().contains('\u{301}') || w.full_name().contains('\u{308}')
    });
    has("two positions", &|w| w.positions.len() == 2);
    let mut emails = HashSet::new();
    let shared = workers
        .iter()
        .filter(|w| !w.email.is_empty() && !emails.insert(&w.email));
    assert_eq!(shared.count(), 1, "one e-mail is shared");
}

#[test]
fn five_hundred_names_use_many_scripts() {
    let names: String = workers(500, 1).iter().map(Worker::full_name).collect();
    for (script, range) in [
        ("Hebrew", '\u{5d0}'..='\u{5ea}'),
        ("Arabic", '\u{620}'..='\u{64a}'),
        ("Chinese", '\u{4e00}'..='\u{9fff}'),
        ("Cyrillic", '\u{410}'..='\u{44f}'),
    ] {
        assert!(
            names.chars().any(|c| range.contains(&c)),
            "expected {script} names"
        );
    }
}

/// Steps up to the top; none when the line is broken or turns in a circle.
fn depth<'a>(start: &'a str, above: &HashMap<&'a str, &'a str>) -> Option<usize> {
    let (mut at, mut steps) = (start, 0);
    loop {
        match above.get(at).copied()? {
            "" => return Some(steps),
            next if steps < 1_000 => (at, steps) = (next, steps + 1),
            _ => return None,
        }
    }
}

#[test]
fn lines_are_deep_and_only_the_broken_cases_are_broken() {
    let workers = workers(2_000, 3);
    let above: HashMap<&str, &str> = workers
        .iter()
        .flat_map(|w| &w.positions)
        .map(|p| (p.id.as_str(), p.reports_to.as_str()))
        .collect();
    let depths: Vec<_> = workers
        .iter()
        .map(|w| depth(&w.positions[0].id, &above))
        .collect();
    let deepest = depths.iter().flatten().max().unwrap();
    assert!(
        *deepest >= 40,
        "expected a line of forty steps, was {deepest}"
    );
    let broken = depths.iter().filter(|depth| depth.is_none()).count();
    assert_eq!(broken, 8, "two orphans, two own managers, two loops of two");
}

#[test]
fn every_sign_in_name_and_number_is_there_once() {
    let workers = workers(5_000, 1);
    let accounts: Vec<_> = workers
        .iter()
        .filter(|w| !w.sign_in_name.is_empty())
        .collect();
    let distinct = |values: Vec<&str>| values.into_iter().collect::<HashSet<_>>().len();
    assert_eq!(
        distinct(workers.iter().map(|w| w.number.as_str()).collect()),
        5_000
    );
    assert_eq!(
        distinct(accounts.iter().map(|w| w.sign_in_name.as_str()).collect()),
        accounts.len()
    );
}

proptest! {
    #[test]
    fn any_worker_of_any_company_can_be_made(index in 0u32..2_000_000, seed: u64) {
        let worker = worker(index, u32::MAX, seed);
        prop_assert!(!worker.first_name.is_empty());
        prop_assert!(worker.sign_in_name.is_ascii());
        for pair in worker.employments.windows(2) {
            prop_assert!(pair[0].end.is_some_and(|end| end < pair[1].start));
        }
        for employment in &worker.employments {
            prop_assert!(employment.end.is_none_or(|end| end >= employment.start));
        }
    }
}
