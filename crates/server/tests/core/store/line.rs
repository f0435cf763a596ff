use eloops_server::store::{
    line,
    member_sync::{self, LineLink},
    members,
};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::support::member;

/// Members of the property test.
const PEOPLE: usize = 9;
/// Rounds of moves, each checked for every pair.
const ROUNDS: usize = 12;

/// Who reports to whom, by place in a list.
type Managers = [Option<usize>; PEOPLE];

/// Whether `above` is met on the way up from `below`.
fn stands_above(managers: &Managers, above: usize, below: usize) -> bool {
    let mut next = managers[below];
    for _ in 0..PEOPLE {
        match next {
            Some(at) if at == above => return true,
            Some(at) => next = managers[at],
            None => return false,
        }
    }
    false
}

on_both! {
    async fn whoever_stands_above_is_above_all_the_way(db) {
        let rows: Vec<_> = (0..5).map(|at| member::row(&db, &at.to_string())).collect();
        member::save(&db, &rows).await;
        let links: Vec<LineLink> = rows
            .windows(2)
            .map(|pair| LineLink {
                id: pair[1].id.parse().unwrap(),
                manager_id: Some(pair[0].id.parse().unwrap()),
                problem: None,
            })
            .collect();
        let mut tx = db.store.write().await.unwrap();
        member_sync::link(&mut tx, &links).await.unwrap();
        tx.commit().await.unwrap();

        let mut conn = db.store.read().await.unwrap();
        for above in 0..5 {
            for below in 0..5 {
                let is = line::is_above(&mut conn, &rows[above].id, &rows[below].id).await.unwrap();
                assert_eq!(is, above < below, "{above} above {below}");
            }
        }
        assert!(members::is_manager(&mut conn, &rows[3].id).await.unwrap());
        assert!(!members::is_manager(&mut conn, &rows[4].id).await.unwrap());
    }

    /// After whatever moves, the database says the same as a walk through a list.
    async fn the_line_follows_every_move(db) {
        let rows: Vec<_> = (0..PEOPLE).map(|at| member::row(&db, &at.to_string())).collect();
        member::save(&db, &rows).await;
        let move_one = (0..PEOPLE, proptest::option::weighted(0.9, 0..PEOPLE));
        let moves = proptest::collection::vec(move_one, 1..PEOPLE);
        let mut runner = TestRunner::default();
        let mut managers: Managers = [None; PEOPLE];
        let mut pairs = 0;
        for _ in 0..ROUNDS {
            let moves = moves.new_tree(&mut runner).unwrap().current();
            let mut links = Vec::new();
            for (who, manager) in &moves {
                // As the sync does, which never links a loop.
                let loops = manager.is_some_and(|at| at == *who || stands_above(&managers, *who, at));
                if !loops {
                    managers[*who] = *manager;
                    links.retain(|link: &LineLink| link.id.to_string() != rows[*who].id);
                    links.push(LineLink {
                        id: rows[*who].id.parse().unwrap(),
                        manager_id: manager.map(|at| rows[at].id.parse().unwrap()),
                        problem: None,
                    });
                }
            }
            let mut tx = db.store.write().await.unwrap();
            member_sync::link(&mut tx, &links).await.unwrap();
            tx.commit().await.unwrap();
            let mut conn = db.store.read().await.unwrap();
            for above in 0..PEOPLE {
                for below in 0..PEOPLE {
                    let is = line::is_above(&mut conn, &rows[above].id, &rows[below].id).await.unwrap();
                    let expected = stands_above(&managers, above, below);
                    assert_eq!(is, expected, "{above} above {below} in {managers:?} after {moves:?}");
                    pairs += 1;
                }
            }
        }
        assert_eq!(pairs, ROUNDS * PEOPLE * PEOPLE);
    }

    /// A loop in the table would be a mistake; even then the question is answered.
    async fn a_loop_ends_the_walk(db) {
        let rows = [member::row(&db, "1"), member::row(&db, "2")];
        member::save(&db, &rows).await;
        let ids: Vec<uuid::Uuid> = rows.iter().map(|row| row.id.parse().unwrap()).collect();
        let links = [(ids[0], ids[1]), (ids[1], ids[0])].map(|(id, manager)| LineLink {
            id,
            manager_id: Some(manager),
            problem: None,
        });
        let mut tx = db.store.write().await.unwrap();
        member_sync::link(&mut tx, &links).await.unwrap();
        tx.commit().await.unwrap();
        let mut conn = db.store.read().await.unwrap();
        assert!(!line::is_above(&mut conn, "somebody else", &rows[0].id).await.unwrap());
    }
}
