//! Every cell of the table: route × relation × the member's choice.

use eloops_server::auth::access::TABLE;
use futures_util::StreamExt;
use futures_util::stream;
use reqwest::Method;
use serde_json::Value;

use super::expected::{RELATIONS, Route, balance_members, routes};
use super::scene::{Scene, leaves, tells_of_coins};
use crate::support::db::Db;
use crate::support::world::World;

/// Requests under way at once.
const AT_ONCE: usize = 12;

on_both! {
    async fn every_cell_comes_to_what_is_expected(db) {
        let scene = Scene::new(World::synced(db).await).await;
        let routes = routes();
        let mut cells = 0;
        for balance_to_line in [true, false] {
            scene.choose(balance_to_line).await;
            let (ending, others): (Vec<_>, Vec<_>) = routes.iter().partition(|route| route.ends_sessions());
            // What ends all sessions would end those that the others ask for.
            for routes in [others, ending] {
                let round = routes.into_iter().flat_map(|route| (0..RELATIONS.len()).map(move |who| (route, who)));
                let wrong: Vec<Option<String>> = stream::iter(round)
                    .map(|(route, who)| check(&scene, route, who, balance_to_line))
                    .buffer_unordered(AT_ONCE)
                    .collect()
                    .await;
                cells += wrong.len();
                let wrong: Vec<_> = wrong.into_iter().flatten().collect();
                assert!(wrong.is_empty(), "balance_to_line {balance_to_line}:\n{}", wrong.join("\n"));
            }
        }
        println!("authorization cells checked: {cells}");
        assert_eq!(cells, TABLE.len() * RELATIONS.len() * 2, "no cell is left out");
    }
}

/// What is wrong with a cell, if anything.
async fn check(scene: &Scene, route: &Route, who: usize, balance_to_line: bool) -> Option<String> {
    // Everybody's own choice but the member's stays as it is.
    let own_choice = RELATIONS[who] != "self" || balance_to_line;
    let expected = route.cell(who, balance_to_line);
    let answer = scene.send(route, &scene.bearers[who], own_choice).await;
    let status = answer.status();
    let body = answer.bytes().await.unwrap();
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let found = judge(
        scene,
        route,
        RELATIONS[who],
        expected,
        status.as_u16(),
        &body,
    );
    found.err().map(|why| {
        format!(
            "{} as {}: expected {expected}, but {why}; {status} {:.600}",
            route.name(),
            RELATIONS[who],
            body.to_string()
        )
    })
}

fn judge(
    scene: &Scene,
    route: &Route,
    who: &str,
    expected: &str,
    status: u16,
    body: &Value,
) -> Result<(), String> {
    let refused = |wanted_status: u16, code: &str| {
        if (status, body["code"].as_str()) != (wanted_status, Some(code)) {
            return Err(format!("not {wanted_status} {code}"));
        }
        tells_of_coins(body).map_or(Ok(()), Err)
    };
    let succeeded = || {
        (200..300)
            .contains(&status)
            .then_some(())
            .ok_or("no success".to_owned())
    };
    match expected {
        "404" => refused(404, "not_found"),
        "all" => {
            succeeded()?;
            let part = about(scene, route, body).ok_or("nothing about the member")?;
            let missing = balance_members(route)
                .iter()
                .find(|at| !part.pointer(at).is_some_and(Value::is_i64));
            missing.map_or(Ok(()), |at| Err(format!("{at} is missing")))
        }
        "bare" => {
            succeeded()?;
            let part = about(scene, route, body).ok_or("nothing about the member")?;
            tells_of_coins(part).map_or(Ok(()), Err)
        }
        "own" => {
            succeeded()?;
            let named = leaves(body).into_iter().find(|(_, value)| {
                value == scene.target.id.as_str() || value == scene.target.worker_number.as_str()
            });
            match named {
                Some((at, _)) if who != "self" && route.path != "/openapi.json" => {
                    Err(format!("{at} names the member"))
                }
                _ => Ok(()),
            }
        }
        code => refused(403, code),
    }
}

/// The part of an answer that is about the member; none where a list leaves them out.
fn about<'a>(scene: &Scene, route: &Route, body: &'a Value) -> Option<&'a Value> {
    let id = scene.target.id.as_str();
    let item = |is: &dyn Fn(&Value) -> bool| body["items"].as_array()?.iter().find(|item| is(item));
    match route.path {
        "/me/team" => item(&|item| item["member"]["id"] == id),
        "/members" => item(&|item| item["id"] == id),
        _ => Some(body),
    }
}

/// A route without a row, or a row without a route, fails here.
#[tokio::test]
async fn the_table_has_exactly_the_routes_of_the_document() {
    let world = World::empty(Db::sqlite().await).await;
    let answer = world
        .ask(Method::GET, "/api/v1/openapi.json", "")
        .send()
        .await
        .unwrap();
    let document: Value = answer.json().await.unwrap();
    // The document does not describe itself.
    let mut described = vec!["GET /openapi.json".to_owned()];
    for (path, item) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").unwrap();
        described.extend(
            item.as_object()
                .unwrap()
                .keys()
                .map(|method| format!("{} {path}", method.to_uppercase())),
        );
    }
    let mut table: Vec<_> = TABLE
        .iter()
        .map(|row| format!("{} {}", row.method, row.path))
        .collect();
    let mut expected: Vec<_> = routes().iter().map(Route::name).collect();
    for list in [&mut described, &mut table, &mut expected] {
        list.sort();
    }
    assert_eq!(described, table, "the document and the table of access");
    assert_eq!(
        table, expected,
        "the table of access and what this test expects"
    );
}
