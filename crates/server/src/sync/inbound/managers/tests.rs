use proptest::{collection::vec, option, prelude::*};

use super::*;

const NUMBERS: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "7"];

fn id(at: usize) -> Uuid {
    Uuid::from_u128(at as u128 + 1)
}

/// People by their managers; `None` is the top. Whoever stands in `strangers` is no member.
fn links_of(managers: &[Option<usize>], strangers: &[usize]) -> Vec<LineLink> {
    let members = (0..managers.len()).filter(|at| !strangers.contains(at));
    let ids = members.clone().map(|at| (NUMBERS[at], id(at))).collect();
    let places: Vec<Place<'_>> = members
        .map(|at| Place {
            number: NUMBERS[at],
            id: id(at),
            line: match managers[at] {
                Some(manager) => Line::Manager {
                    number: NUMBERS[manager],
                    passed: 0,
                },
                None => Line::Top,
            },
            // Nothing is linked yet, and everything is to be told.
            linked: (Some(Uuid::nil()), None),
        })
        .collect();
    links(&places, &ids)
}

proptest! {
    #[test]
    fn every_line_ends(managers in vec(option::of(0_usize..8), 8)) {
        let links = links_of(&managers, &[]);
        prop_assert_eq!(links.len(), 8);
        let above: HashMap<Uuid, Option<Uuid>> =
            links.iter().map(|link| (link.id, link.manager_id)).collect();
        for link in &links {
            let mut at = Some(link.id);
            let mut steps = 0;
            while let Some(next) = at {
                at = above[&next];
                steps += 1;
                prop_assert!(steps <= 8, "no end above {:?}", link);
            }
        }
    }

    #[test]
    fn whoever_is_not_linked_is_the_top_or_told_why(managers in vec(option::of(0_usize..8), 8)) {
        for link in links_of(&managers, &[3, 5]) {
            let at = usize::try_from(link.id.as_u128()).unwrap() - 1;
            match (link.manager_id, link.problem) {
                (Some(manager), None) => prop_assert_eq!(Some(manager), managers[at].map(id)),
                (None, None) => prop_assert_eq!(managers[at], None),
                (None, Some(LineProblem::Orphan)) => {
                    prop_assert!(managers[at].is_some_and(|manager| [3, 5].contains(&manager)));
                }
                (None, Some(LineProblem::Loop)) => {}
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}

#[test]
fn what_is_linked_already_is_left_alone() {
    let ids = [("1", id(1)), ("2", id(2))].into();
    let line = Line::Manager {
        number: "1",
        passed: 0,
    };
    let linked = (Some(id(1)), None);
    let place = Place {
        number: "2",
        id: id(2),
        line,
        linked,
    };
    assert_eq!(links(&[place], &ids), []);
}

#[test]
fn people_below_a_loop_are_linked() {
    // 0 and 1 report to each other, 2 reports to 1, 3 to themselves.
    let links = links_of(&[Some(1), Some(0), Some(1), Some(3)], &[]);
    let problems: Vec<_> = links.iter().map(|link| link.problem).collect();
    let looped = Some(LineProblem::Loop);
    assert_eq!(problems, [looped, looped, None, looped]);
    assert_eq!(links[2].manager_id, Some(id(1)));
}
