use std::collections::{BTreeMap, HashSet};

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::{clock::Clock, sync::inbound::rows::BadRow};

fn today() -> Day {
    day("2026-11-22".parse().unwrap())
}

/// A worker in Talent, as far as the plan looks.
#[derive(Debug, Clone)]
struct Person {
    status: &'static str,
    first_name: &'static str,
    email: &'static str,
    account: Option<u8>,
    employment: Option<(&'static str, &'static str)>,
    reports_to: Option<u8>,
}

fn person() -> impl Strategy<Value = Person> {
    let days = || {
        select(vec![
            "2020-01-01",
            "2026-11-21",
            "2026-11-22",
            "2026-11-23",
            "2154-12-31",
        ])
    };
    (
        select(vec!["Pending", "Employed", "Terminated", "OnLeave"]),
        select(vec!["", "Ada"]),
        select(vec!["", "ada@contoso.com"]),
        option::of(0_u8..4),
        option::of((days(), days())),
        option::of(0_u8..6),
    )
        .prop_map(
            |(status, first_name, email, account, employment, reports_to)| Person {
                status,
                first_name,
                email,
                account,
                employment,
                reports_to,
            },
        )
}

fn people() -> impl Strategy<Value = BTreeMap<u8, Person>> {
    prop::collection::btree_map(0_u8..6, person(), 0..6)
}

fn read<T: serde::de::DeserializeOwned>(rows: Vec<Value>) -> Vec<T> {
    rows.into_iter()
        .map(|row| serde_json::from_value(row).unwrap())
        .collect()
}

fn rows(people: &BTreeMap<u8, Person>, bad: &[(usize, u8)]) -> Rows {
    let bad: Vec<BadRow> = bad
        .iter()
        .map(|(set, number)| BadRow {
            set: ["Workers", "EmploymentsV2", "Positions"][*set],
            number: (*set < 2).then(|| number.to_string().into()),
            reason: "Name cannot be read".into(),
        })
        .collect();
    let unreadable: HashSet<&str> = bad
        .iter()
        .filter(|row| row.set == "Workers")
        .filter_map(|row| row.number.as_deref())
        .collect();
    let here = || {
        people
            .iter()
            .filter(|(at, _)| !unreadable.contains(&*at.to_string()))
    };
    Rows {
        workers: read(
            here()
                .map(|(at, person)| {
                    let account = person.account.map_or(0, u128::from);
                    json!({ "PersonnelNumber": at.to_string(), "Name": "Ada Almeida",
                        "FirstName": person.first_name, "LastName": "Almeida",
                        "PrimaryContactEmail": person.email, "WorkerStatus": person.status,
                        "ObjectId": Uuid::from_u128(account).to_string() })
                })
                .collect(),
        ),
        positions: read(
            here()
                .map(|(at, person)| {
                    json!({ "PositionId": format!("P{at}"),
                        "WorkerPersonnelNumber": at.to_string(),
                        "ReportsToPositionId": person.reports_to.map(|up| format!("P{up}")) })
                })
                .collect(),
        ),
        employments: read(
            here()
                .filter_map(|(at, person)| {
                    let (start, end) = person.employment?;
                    Some(
                        json!({ "PersonnelNumber": at.to_string(), "LegalEntityId": "usmf",
                        "EmploymentId": "1", "EmploymentStartDate": start,
                        "EmploymentEndDate": end }),
                    )
                })
                .collect(),
        ),
        bad,
        ..Rows::default()
    }
}

/// Members of any standing, some of them unknown to Talent.
fn members() -> impl Strategy<Value = Vec<MemberState>> {
    let status = select(vec![
        MemberStatus::Pending,
        MemberStatus::Active,
        MemberStatus::Inactive,
    ]);
    prop::collection::btree_map(0_u8..8, (status, any::<i64>()), 0..8).prop_map(|members| {
        members
            .into_iter()
            .map(|(at, (status, hash))| MemberState {
                number: at.to_string().into(),
                id: Uuid::from_u128(at.into()),
                hash,
                status,
                manager_id: None,
                line_problem: None,
            })
            .collect()
    })
}

fn steps(rows: &Rows, members: &[MemberState]) -> Vec<Step> {
    plan(rows, &rows.company(today()), members, Some(3))
}

/// The members as they are once the steps are carried out.
fn carried_out(rows: &Rows, members: &[MemberState], steps: &[Step]) -> Vec<MemberState> {
    let mut after = members.to_vec();
    for step in steps {
        let (Some(worker), Some(status)) = (step.worker, step.status) else {
            continue;
        };
        match step.member {
            Some(at) => {
                let member = &mut after[at as usize];
                (member.status, member.hash) = (status, step.hash);
            }
            None => after.push(MemberState {
                number: rows.workers[worker as usize].personnel_number.clone(),
                id: Uuid::from_u128(1_000 + u128::from(worker)),
                hash: step.hash,
                status,
                manager_id: None,
                line_problem: None,
            }),
        }
    }
    after
}

proptest! {
    #[test]
    fn carrying_a_plan_out_leaves_nothing_to_do(people in people(), members in members()) {
        let rows = rows(&people, &[]);
        let first = steps(&rows, &members);
        let after = carried_out(&rows, &members, &first);
        let left: Vec<_> = steps(&rows, &after)
            .into_iter()
            .filter(|step| step.action != Action::Skip)
            .collect();
        prop_assert_eq!(left, vec![]);
    }

    #[test]
    fn nobody_is_touched_twice(
        people in people(), members in members(), bad in vec((0_usize..3, 0_u8..8), 0..3),
    ) {
        let rows = rows(&people, &bad);
        let (mut workers, mut touched) = (HashSet::new(), HashSet::new());
        for step in steps(&rows, &members) {
            if step.action != Action::Skip {
                prop_assert!(step.worker.is_none_or(|at| workers.insert(at)), "{:?}", step);
                prop_assert!(step.member.is_none_or(|at| touched.insert(at)), "{:?}", step);
            }
        }
    }

    #[test]
    fn only_a_worker_who_has_left_is_deactivated(
        people in people(), members in members(), bad in vec((0_usize..3, 0_u8..8), 0..3),
    ) {
        let rows = rows(&people, &bad);
        for step in steps(&rows, &members) {
            if step.action == Action::Deactivate {
                let worker = &rows.workers[step.worker.expect("a worker in the feed") as usize];
                let number: u8 = worker.personnel_number.parse().unwrap();
                let person = &people[&number];
                let over = person.employment.is_some_and(|(_, end)| end < "2026-11-22");
                prop_assert!(person.status == "Terminated" || over, "{:?}", person);
                prop_assert!(!bad.contains(&(1, number)), "its employment could not be read");
            }
        }
    }

    #[test]
    fn everybody_who_is_left_out_is_told_why(people in people(), members in members()) {
        let rows = rows(&people, &[]);
        for step in steps(&rows, &members) {
            prop_assert_eq!(step.action == Action::Skip, step.skip.is_some());
            if let Some(skip) = step.skip {
                prop_assert!(!skip.to_string().is_empty());
            }
        }
    }

    #[test]
    fn one_account_never_makes_two_members(people in people(), members in members()) {
        let rows = rows(&people, &[]);
        let mut accounts = HashSet::new();
        for step in steps(&rows, &members) {
            if matches!(step.action, Action::Create | Action::Reactivate) {
                let worker = &rows.workers[step.worker.unwrap() as usize];
                if let Some(account) = worker.object_id {
                    prop_assert!(accounts.insert(account), "two members with {}", account);
                }
            }
        }
    }

    #[test]
    fn an_empty_feed_deactivates_nobody(members in members()) {
        for step in steps(&Rows::default(), &members) {
            prop_assert_eq!(step.action, Action::Skip);
        }
    }
}

#[test]
fn a_day_is_the_same_on_both_calendars() {
    let clock = crate::clock::TestClock::at("2024-02-29T23:59:59Z".parse().unwrap());
    assert_eq!(day(clock.today()).to_string(), "2024-02-29");
}
