//! The table itself. What it comes to over HTTP, cell by cell, is tested in `tests/http/access`.

use eloops_api::Visibility;

use super::*;
use crate::auth::access::table::find;

const CHOICES: [Visibility; 2] = [
    Visibility {
        balance_to_line: true,
    },
    Visibility {
        balance_to_line: false,
    },
];

#[test]
fn a_route_has_one_row() {
    for (at, row) in TABLE.iter().enumerate() {
        assert_eq!(
            find(row.method, row.path),
            Some(&TABLE[at]),
            "{} {}",
            row.method,
            row.path
        );
    }
}

/// Nobody keeps who was a manager once, so a column that differs would promise what the server cannot do.
#[test]
fn a_former_manager_is_a_stranger() {
    for row in TABLE {
        let (former, stranger) = (
            row.grant(Relation::FormerManager),
            row.grant(Relation::Stranger),
        );
        assert_eq!(former, stranger, "{} {}", row.method, row.path);
    }
}

#[test]
fn visibility_takes_away_and_from_the_line_alone() {
    for row in TABLE {
        for relation in Relation::ALL {
            let [shown, hidden] = CHOICES.map(|chosen| row.grant(relation).verdict(chosen));
            let line = matches!(relation, Relation::Manager | Relation::ManagerAbove);
            assert!(hidden <= shown, "{} {} {relation:?}", row.method, row.path);
            assert!(
                line || hidden == shown,
                "{} {} {relation:?}",
                row.method,
                row.path
            );
        }
    }
}

/// Whoever is let in where a trail is kept can be named in it.
#[test]
fn nobody_looks_without_a_trail() {
    for row in TABLE.iter().filter(|row| row.trail.is_some()) {
        for relation in Relation::ALL {
            let allowed = row.grant(relation).verdict(CHOICES[0]) == Verdict::Full;
            let named = relation.viewer_as().is_some() || relation == Relation::Own;
            assert!(
                !allowed || named,
                "{} {} {relation:?}",
                row.method,
                row.path
            );
        }
    }
}

#[test]
fn the_wider_of_two_relations_counts_and_the_nearer_is_named() {
    let row = find("GET", "/workers/{number}/activity").unwrap();
    let [shown, hidden] = CHOICES;
    for (relations, chosen, expected) in [
        (
            &[Relation::Manager, Relation::Admin][..],
            shown,
            (Verdict::Full, Relation::Manager),
        ),
        (
            &[Relation::Manager, Relation::Admin],
            hidden,
            (Verdict::Full, Relation::Admin),
        ),
        (
            &[Relation::Peer, Relation::Admin],
            hidden,
            (Verdict::Full, Relation::Admin),
        ),
        (
            &[Relation::Own, Relation::Admin],
            hidden,
            (Verdict::Full, Relation::Own),
        ),
        (
            &[Relation::Manager],
            hidden,
            (Verdict::WithoutBalance, Relation::Manager),
        ),
        (&[Relation::Peer], shown, (Verdict::Hidden, Relation::Peer)),
        (&[], shown, (Verdict::Hidden, Relation::Stranger)),
    ] {
        assert_eq!(
            decide(row, relations, chosen),
            expected,
            "{relations:?} {chosen:?}"
        );
    }
}

/// A handler that takes its caller elsewhere would go around the table.
#[test]
fn handlers_get_their_caller_from_the_table() {
    let mut folders = vec![std::path::PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/http/api"
    ))];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            for word in [
                ": Principal,",
                "is_admin()",
                ".roles.contains",
                "is_above",
                "own_member()",
            ] {
                assert!(
                    !text.contains(word),
                    "{} in {}: ask auth::access",
                    word,
                    path.display()
                );
            }
        }
    }
    assert!(files > 20, "the handlers are there: {files}");
}
