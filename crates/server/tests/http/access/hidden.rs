//! Property: whatever the tree of people is, and whatever moves in it, a hidden balance stands in no answer to
//! anybody but the member and the administrators.

use std::collections::HashMap;

use eloops_server::store::members::MemberRow;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reqwest::Method;
use serde_json::{Value, json};

use super::expected::routes;
use super::scene::move_below;
use crate::support::db::Db;
use crate::support::people::everybody;
use crate::support::world::World;

/// Moves, each followed by looks of the whole line and of some others.
const ROUNDS: usize = 6;

/// The active members above somebody, by number.
fn line_of(all: &[MemberRow], member: &MemberRow) -> Vec<MemberRow> {
    let by_id: HashMap<&str, &MemberRow> = all.iter().map(|one| (&*one.id, one)).collect();
    let mut line: Vec<MemberRow> = Vec::new();
    let mut next = member.manager_id.clone();
    while let Some(above) = next.and_then(|id| by_id.get(&*id).copied()) {
        line.push(above.clone());
        next = above.manager_id.clone();
    }
    line
}

#[tokio::test]
async fn a_hidden_balance_is_nowhere_in_what_the_line_reads() {
    let world = World::synced(Db::sqlite().await).await;
    let app = world
        .forge(json!({"worker": null, "roles": ["Eloops.Admin"]}))
        .await;
    let mut runner = TestRunner::default();
    let inputs = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        100_000_i64..1_000_000,
    );
    let (mut bodies, mut lines) = (0, 0);
    for _ in 0..ROUNDS {
        let (who, below, balance) = inputs.new_tree(&mut runner).unwrap().current();
        let before = everybody(&world).await;
        let target = who.get(&before).clone();
        // Anybody but the target and those below them.
        let possible: Vec<_> = before
            .iter()
            .filter(|one| {
                one.id != target.id
                    && !line_of(&before, one)
                        .iter()
                        .any(|above| above.id == target.id)
            })
            .collect();
        let manager = (*below.get(&possible)).clone();
        move_below(&world, &target, &manager).await;
        let told = format!(
            "{} below {} with {balance}",
            target.worker_number, manager.worker_number
        );

        let own = world.token(&target.worker_number).await;
        let hide = json!({"balance_to_line": false});
        let answer = world
            .ask(Method::PUT, "/api/v1/me/visibility", &own)
            .json(&hide)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{told}");
        let path = format!("/members/{}/coin-transactions", target.id);
        let had = world.get(&path, &app).await["items"][0]["balance"]
            .as_i64()
            .unwrap_or(0);
        let award = json!({"amount": balance - had, "reason": "Whatever"});
        let answer = world
            .ask(Method::POST, &format!("/api/v1{path}"), &app)
            .json(&award)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 201, "{told}");

        let all = everybody(&world).await;
        let moved = all.iter().find(|one| one.id == target.id).unwrap();
        let line = line_of(&all, moved);
        assert_eq!(line.first().map(|one| &one.id), Some(&manager.id), "{told}");
        for viewer in all.iter().filter(|one| one.id != target.id) {
            let in_line = line.iter().any(|above| above.id == viewer.id);
            // The whole line, and every seventh of the others.
            let number: usize = viewer.worker_number.parse().unwrap();
            if !in_line && !number.is_multiple_of(7) {
                continue;
            }
            lines += usize::from(in_line);
            let bearer = world.token(&viewer.worker_number).await;
            for route in routes()
                .iter()
                .filter(|route| route.method == "GET" && !route.path.contains("uploads/{id}"))
            {
                let id = if route.path.starts_with("/members") {
                    &target.id
                } else {
                    "none"
                };
                let path = route
                    .path
                    .replace("{number}", &target.worker_number)
                    .replace("{id}", id);
                let answer = world
                    .ask(Method::GET, &format!("/api/v1{path}"), &bearer)
                    .send()
                    .await
                    .unwrap();
                let status = answer.status();
                let body = answer.bytes().await.unwrap();
                let text = String::from_utf8_lossy(&body);
                // As a word of its own: six digits may well stand inside an id.
                let mut words = text.split(|one: char| !one.is_alphanumeric());
                assert!(
                    !words.any(|word| word == balance.to_string()),
                    "{path} as {}: {told}: {text}",
                    viewer.worker_number
                );
                if path.ends_with("/activity") {
                    assert_eq!(
                        status == 200,
                        in_line,
                        "{path} as {}: {told}",
                        viewer.worker_number
                    );
                }
                bodies += 1;
            }
        }
        let seen: Value = world
            .get(&format!("/workers/{}/activity", target.worker_number), &own)
            .await;
        assert_eq!(
            seen["coins"]["balance"], balance,
            "the member sees it: {told}"
        );
    }
    println!("bodies searched: {bodies}, of {lines} managers");
    assert!(lines >= ROUNDS, "every round has a line: {lines}");
}
